"""Every workbook: it opens, its totals are those of the page, and its formulas give the same."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from progress.finalizing.page import page_of_period
from progress.models import Period, PeriodState
from reports.excel.writing import write
from reports.ledger.rows import load_rows
from reports.stats import lights
from reports.stats.severity import behind
from reports.tests.random_year import make_random_year
from reports.tests.reckoning import book_of, totals_of, unequal
from reports.workbooks.choice import asked_of
from reports.workbooks.described import Workbook
from reports.workbooks.shelf import WORKBOOKS, book_called
from tasks.models import Plan, Task, Visibility
from tests.cast import Cast, at, make_plan
from units.actors import Actor

pytestmark = pytest.mark.django_db
TODAY, NOW = date(2022, 8, 3), at("2022-08-03")
JUNE, JULY = date(2022, 6, 30), date(2022, 7, 31)
EVERY = pytest.mark.parametrize("book", WORKBOOKS, ids=lambda book: book.slug)
ROLES = ("office", "leader", "reporter")


def opened(book: Workbook | str, plan: Plan, actor: Actor, query: str = "") -> Any:
    """The workbook, written and opened again."""
    described = book if isinstance(book, Workbook) else book_called(book)
    assert described is not None
    fresh = Plan.objects.prefetch_related("periods").get(pk=plan.pk)
    asked = asked_of(QueryDict(query), described, plan=fresh, actor=actor, today=TODAY)
    assert asked is not None
    return book_of(write(*described.build(asked), author=actor.label, now=NOW))


def texts_of(book: Any) -> str:
    return "\n".join(
        str(value)
        for page in book.worksheets
        for row in page.iter_rows(values_only=True)
        for value in row
        if value is not None
    )


def finalize_june(plan: Plan) -> None:
    """`freeze` made the judgements; here the periods are said to be finalized."""
    periods = Period.objects.filter(plan=plan, data_as_of__lte=JUNE)
    periods.update(state=PeriodState.FINALIZED)


@pytest.fixture
def random_year(plan: Plan, cast: Cast) -> list[Task]:
    tasks = make_random_year(plan, cast, seed=7)
    finalize_june(plan)
    return tasks


@EVERY
def test_the_totals_are_what_the_formulas_give_for_everybody(
    book: Workbook, plan: Plan, cast: Cast, random_year: list[Task]
) -> None:
    for role in ROLES:
        actor = getattr(cast, role)
        found = opened(book, plan, actor, f"unit={cast.support.pk}" if role == "leader" else "")
        assert totals_of(found), role
        assert unequal(found) == [], role


@EVERY
def test_an_empty_year_gives_a_workbook_that_says_so(book: Workbook, cast: Cast) -> None:
    plan = make_plan()
    said = texts_of(opened(book, plan, cast.office))
    sentences = ("尚无定稿数据。", "没有应报送的进展。", "没有交办事项。")
    assert any(sentence in said for sentence in sentences)
    assert unequal(opened(book, plan, cast.stranger_reporter)) == []


@pytest.mark.parametrize("book", [book for book in WORKBOOKS if not book.is_of_today])
def test_a_period_that_is_not_finalized_says_so(
    book: Workbook, plan: Plan, cast: Cast, random_year: list[Task]
) -> None:
    said = texts_of(opened(book, plan, cast.leader, "period=2022-07-31"))
    assert "2022年7月尚未定稿，暂无数据。" in said
    assert random_year[0].short_title not in said


@pytest.mark.parametrize("slug", ["ledger", "monthly", "year-end"])
@pytest.mark.parametrize("role", ["office", "leader", "reporter"])
def test_the_cover_says_what_the_overview_counts(
    slug: str, role: str, plan: Plan, cast: Cast, random_year: list[Task]
) -> None:
    actor = getattr(cast, role)
    tally = lights.tally(load_rows(plan, actor, TODAY, with_filings=False))
    totals = totals_of(opened(slug, plan, actor))
    assert next(iter(totals.values())) == tally.total
    for part in tally.sentence:
        assert totals[f"其中：{part.word}"] == part.count


def test_what_is_behind_is_what_the_overview_lists(
    plan: Plan, cast: Cast, random_year: list[Task]
) -> None:
    rows = load_rows(plan, cast.leader, TODAY, with_filings=False)
    found = behind(rows, everything=True)
    page = opened("behind", plan, cast.leader)["未达序时清单"]
    listed = [row[1] for row in page.iter_rows(min_row=4, values_only=True)]
    assert found.total > 0
    assert listed == [row.task.code for row in found.rows]


def test_who_has_not_reported_is_who_the_page_of_the_period_names(
    plan: Plan, cast: Cast, random_year: list[Task]
) -> None:
    on_page = sum(
        page_of_period(period, NOW).missing_count
        for period in Period.objects.filter(plan=plan, data_as_of=JULY)
    )
    totals = totals_of(opened("missing", plan, cast.office, "period=2022-07-31"))
    assert on_page > 0
    assert totals["未报送（项次）"] == on_page


def test_a_unit_reads_its_own_filings_only(plan: Plan, cast: Cast, random_year: list[Task]) -> None:
    for slug in ("missing", "rates", "units"):
        totals = totals_of(opened(slug, plan, cast.reporter, f"unit={cast.co_lead.pk}"))
        assert not any(cast.co_lead.name in label for label in totals), slug
    assert opened("units", plan, cast.reporter).sheetnames == ["汇总", cast.lead.name]


def test_whoever_reads_knows_of_a_restricted_item_by_name_only(
    plan: Plan, cast: Cast, random_year: list[Task]
) -> None:
    hidden = random_year[0]
    Task.objects.filter(pk=hidden.pk).update(
        visibility=Visibility.RESTRICTED, short_title="示例限定事项", text="示例限定正文。"
    )
    said = texts_of(opened("ledger", plan, cast.leader))
    assert "示例限定事项" in said
    assert "示例限定正文。" not in said
    assert unequal(opened("ledger", plan, cast.leader)) == []
    assert "示例限定正文。" in texts_of(opened("ledger", plan, cast.office))
    for book in WORKBOOKS:
        if book.slug != "ledger":
            assert "示例限定" not in texts_of(opened(book, plan, cast.observer)), book.slug


def test_whoever_reads_gets_no_names_of_persons(
    plan: Plan, cast: Cast, random_year: list[Task]
) -> None:
    held = random_year[0].responsibilities.earliest("pk")
    held.leader_name, held.contact_name, held.telephone = "示例领导", "示例联系人", "0714-0000000"
    held.save()
    for role, knows in (("office", True), ("leader", False), ("observer", False)):
        said = texts_of(opened("units", plan, getattr(cast, role)))
        assert ("示例联系人" in said) == knows, role


@EVERY
def test_columns_that_are_left_out_leave_the_totals_right(
    book: Workbook, plan: Plan, cast: Cast, random_year: list[Task]
) -> None:
    narrow = opened(book, plan, cast.office, "period=2022-06-30&col=0&col=999")
    if book.has_columns:
        staying = sum(column.stays for column in book.columns)
        assert narrow.worksheets[1].max_column == staying < len(book.columns)
    assert unequal(narrow) == []


def test_the_paper_fits_the_table(plan: Plan, cast: Cast, random_year: list[Task]) -> None:
    papers = {
        book.slug: {
            (page.page_setup.paperSize, page.page_setup.orientation)
            for page in opened(book, plan, cast.office).worksheets[1:]
        }
        for book in WORKBOOKS
    }
    a3, a4 = (8, "landscape"), (9, "landscape")
    assert papers["ledger"] == papers["behind"] == papers["rates"] == papers["year-end"] == {a3}
    assert papers["matrix"] == {(8, "portrait")}
    assert papers["units"] == papers["missing"] == papers["counties"] == {a4}
    assert papers["projects"] == papers["monthly"] == {a3, a4}
