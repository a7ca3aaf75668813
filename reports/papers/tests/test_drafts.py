"""核对记录 and 各单位应报 of a draft, as they are handed out."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from huangshi_tasks.lib import clock
from progress.starting.tests.drafts import MARCH, UNKNOWN, make_draft, say, switch_on
from tasks.desk.acts import discard
from tasks.desk.changes import FIELD, Change
from tasks.desk.content import content_of
from tasks.models import NoticeDraft
from tests.cast import Cast
from tests.pages import browser
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def end_of_march() -> Iterator[None]:
    clock.configure(MARCH.date())
    yield
    clock.configure(None)


@pytest.fixture
def draft(cast: Cast) -> NoticeDraft:
    made = make_draft(cast.office, UNKNOWN, MARCH)
    key = content_of(made).items[0].key
    say(made, cast.office, Change(FIELD, f"{key}:short_title", "规上企业"), now=MARCH)
    return made


def _words(cast: Cast, draft: NoticeDraft) -> str:
    response = browser(cast.office).get(reverse("reports:draft_proof", args=[draft.pk]))
    assert response.status_code == 200
    paper = Document(BytesIO(response.content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in paper.paragraphs), *cells])


def test_the_proof_says_what_became_of_every_character(cast: Cast, draft: NoticeDraft) -> None:
    words = _words(cast, draft)
    assert "责任分解尚未启用" in words
    assert "读到3项" in words
    assert "100%有去处" in words
    assert draft.sources.get().sha256 in words
    assert "单位名录中没有“市河湖保护中心”" in words
    assert "更正" in words
    assert "督查室 审核员" in words


def test_it_stays_what_it_was_at_the_start(cast: Cast, draft: NoticeDraft) -> None:
    switch_on(draft, cast.office, MARCH)
    draft.refresh_from_db()
    before = _words(cast, draft)
    assert "由督查室 审核员（督查室）于2023年3月29日10:00启用" in before
    Unit.objects.create(name="市河湖保护中心", kind="institution")  # by which it would be read now
    assert _words(cast, draft) == before


def test_a_draft_given_up_has_no_proof(cast: Cast, draft: NoticeDraft) -> None:
    discard(draft=draft, actor=cast.office, now=MARCH)
    response = browser(cast.office).get(reverse("reports:draft_proof", args=[draft.pk]))
    assert response.status_code == 302


def test_the_workbook_counts_what_each_unit_will_owe(cast: Cast, draft: NoticeDraft) -> None:
    url = reverse("reports:draft_owed", args=[draft.pk])
    response = browser(cast.office).get(f"{url}?beginning=quarter")
    page = load_workbook(BytesIO(response.content)).active
    assert page is not None
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=3)]
    heads = rows[0]
    assert heads[:5] == ["序号", "单位", "牵头", "实事责任", "配合"]
    assert "3月" not in heads  # before the next quarter nothing is owed
    by_unit = {row[1]: row for row in rows[1:]}
    assert by_unit["市城管委"][2] == 1
    assert by_unit["市财政局"][4] == 1
    *months, year = (int(str(cell)) for cell in by_unit["市财政局"][5:])
    assert year == sum(months) > 0
