"""帮助: the manual as pages, its part beside a page by page and role, its search."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from reports.help.manual import FILE, as_written, chapter_called, hits
from reports.help.places import OF_ALL, OF_PAGE, OF_ROLE, QUESTIONS, place_for
from tests.addresses import names
from tests.cast import Cast
from tests.month import cast
from tests.pages import browser
from units.models import Role

__all__ = ["cast"]
pytestmark = pytest.mark.django_db  # the words of the place stand there
TITLES = {each.title for chapter in as_written() for each in chapter.sections}


def test_every_heading_that_is_named_is_there() -> None:
    assert [each for each in OF_PAGE.values() if each not in TITLES] == []
    named = {*OF_ROLE.values(), OF_ALL, QUESTIONS}
    assert [each for each in named if chapter_called(each) is None] == []


def test_every_page_that_is_named_has_an_address() -> None:
    assert sorted(set(OF_PAGE) - set(names())) == []


def test_every_role_has_its_chapter() -> None:
    assert set(OF_ROLE) == set(Role)


def test_nothing_of_the_manual_is_lost_and_nothing_leads_to_another_host() -> None:
    html = "".join(each.html for chapter in as_written() for each in chapter.sections)
    words = " ".join(unescape(strip_tags(html)).split())
    strong = re.findall(r"\*\*(.+?)\*\*", FILE.read_text())
    assert [each for each in strong if each not in words] == []
    assert "<script" not in html
    assert re.findall(r"<(?:a|img)\b", html) == []
    assert len({each.anchor for chapter in as_written() for each in chapter.sections}) == sum(
        len(chapter.sections) for chapter in as_written()
    )


def test_the_role_decides_where_two_chapters_tell_of_a_page() -> None:
    assert place_for("progress:handovers", Role.OFFICE).chapter.title == "四、督查室"
    of_unit = place_for("progress:matters", Role.REPORTER)
    assert of_unit.chapter.title == "二、联络员"
    assert place_for("progress:matters", Role.LEADER).chapter.title == "五、领导和查阅人员"
    assert place_for("units:people", Role.ADMIN).section is None


def test_words_are_found_however_they_are_typed() -> None:
    found = hits("EXCEL 填报")
    assert "用Excel填报" in {each.section.title for each in found}
    assert {each.found.lower() for each in found} <= {"excel", ""}
    assert hits("从来没有这样的词") == []
    assert hits("  ") == []


def test_the_part_beside_a_page_is_of_that_page_and_role(cast: Cast) -> None:
    at = {"at": "/2022/review/"}
    page = browser(cast.office).get(reverse("reports:help_beside"), at).content.decode()
    assert "帮助：审核" in page
    assert "撤销刚才的通过" in page
    assert "<html" not in page
    for strange in ("/nix/", "http://[", "", "/" + "9" * 4000):
        answer = browser(cast.reporter).get(reverse("reports:help_beside"), {"at": strange})
        assert "帮助：二、联络员" in answer.content.decode()


def test_the_manual_is_read_searched_and_printed(cast: Cast) -> None:
    client = browser(cast.reporter)
    assert "手册中没有找到" in client.get("/help/", {"q": "从来没有这样的词"}).content.decode()
    assert "<mark>撤回</mark>" in client.get("/help/", {"q": "撤回"}).content.decode()
    assert "打印本章" in client.get("/help/2/").content.decode()
    assert client.get("/help/99/").status_code == 404
