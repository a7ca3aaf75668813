"""Another city: nothing of the demonstration's is in any page, mail, workbook or paper of it."""

from __future__ import annotations

from collections.abc import Iterator
from email.header import decode_header, make_header
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from progress.channels.base import Letter, Line
from progress.channels.mail import Mail
from progress.channels.sms import content_of
from reports.workbooks.shelf import WORKBOOKS
from tests.addresses import address
from tests.places import READ, Place, of_a_module, of_huangshi, opened, said

LINJIANG = {
    "level": "city",
    "name": "临江市",
    "organisation": "临江市人民政府办公室",
    "bureau": "政务督查室",
    "phone": "（示例）8800",
    "sender": "临江督查",
    "kind_words": {"state_enterprise": "市管企业"},
}
OF_LINJIANG = {
    "lead": "市建设交通局",
    "co_lead": "市城市运行局",
    "county": "江北区政府",
    "support": "市财税局",
    "stranger": "市文体局",
}


@pytest.fixture(scope="module")
def linjiang_made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Place]:
    yield from of_a_module(django_db_blocker, LINJIANG, OF_LINJIANG)


@pytest.fixture
def linjiang(linjiang_made: Place, db: None) -> Place:
    return linjiang_made


@pytest.mark.parametrize("name", READ)
def test_no_page_of_another_city_names_the_demonstration(name: str, linjiang: Place) -> None:
    to = address(name, linjiang.year)
    for role in opened(name):
        assert of_huangshi(said(linjiang, role, to)) == [], role


@pytest.mark.parametrize("book", [each.slug for each in WORKBOOKS])
def test_no_workbook_of_another_city_names_the_demonstration(book: str, linjiang: Place) -> None:
    to = reverse("reports:workbook_excel", args=["2022", book])
    found = said(linjiang, "office", to)
    assert "<row" in found
    assert of_huangshi(found) == []


@pytest.mark.parametrize("kind", ["accounts", "units"])
def test_no_sheet_to_fill_names_the_demonstration(kind: str, linjiang: Place) -> None:
    found = said(linjiang, "admin", reverse("units:sheet_template", args=[kind]))
    assert of_huangshi(found) == []
    assert ("市管企业" in found) == (kind == "units")


def test_the_pages_of_the_administrator_name_the_place(linjiang: Place) -> None:
    for entry in ("units:people", "progress:unit_list", "units:groups", "units:posts"):
        found = said(linjiang, "admin", reverse(entry))
        assert of_huangshi(found) == [], entry
        assert "临江市政府重点工作督查系统" in found


def test_every_page_carries_the_names_of_the_place(linjiang: Place) -> None:
    page = said(linjiang, "office", reverse("reports:office", args=["2022"]))
    assert "<title>" in page
    assert "临江市政府重点工作督查系统</title>" in page
    assert "临江市人民政府办公室政务督查室 · 业务咨询（示例）8800" in page
    login = said(linjiang, "anonymous", reverse("units:login"))
    assert "<h1>临江市政府<br>重点工作督查系统</h1>" in login
    assert of_huangshi(login) == []


def test_mail_and_short_message_are_signed_by_the_place(linjiang: Place) -> None:
    letter = Letter("<a@localhost>", "a@sample.invalid", "联络员", [Line("示例：一项")])
    assert content_of(letter).startswith("【临江督查】")
    Mail().send(letter)
    sent = mail.outbox[0]
    assert "临江督查" in str(make_header(decode_header(sent.from_email)))
    assert isinstance(sent, mail.EmailMultiAlternatives)
    bodies = [str(sent.body), *(str(body) for body, _ in sent.alternatives)]
    for body in bodies:
        assert "临江市政府重点工作督查系统" in body
        assert of_huangshi(body) == []


def test_a_paper_is_headed_and_signed_by_the_place(linjiang: Place) -> None:
    found = said(linjiang, "office", address("reports:order_word", linjiang.year))
    assert "临江市人民政府办公室督办单" in found
    assert "政务督查室" in found
    bulletin = said(linjiang, "office", address("reports:bulletin_word", linjiang.year))
    assert "临江市人民政府办公室" in bulletin
