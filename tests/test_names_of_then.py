"""Two units were renamed in the middle of July: every page and workbook of before prints the names
of before, every other those of today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from huangshi_tasks.lib import clock
from progress.matters.orders import send_order, sign_order
from progress.models import Period
from progress.urging.acts import urge
from reports.bulletins.tests.papers import draft_of
from reports.tests.factories import freeze
from reports.workbooks.shelf import WORKBOOKS
from tests.addresses import address, make_small_year
from tests.cast import Cast, at, make_plan, make_share, period_of, report_of
from tests.matters import approval_of, make_instruction, make_order
from tests.pages import browser
from tests.places import READ, opened, texts
from units.models import User
from units.renaming.acts import rename

OLD, NEW = "市住建局", "市城乡建设局"
OLD_COUNTY, NEW_COUNTY = "大冶市政府", "新冶市政府"
TODAY, RENAMED = date(2022, 8, 3), date(2022, 7, 15)
JUNE = "2022-06-30"
# pages of today that tell of the past beside it
TELL_OF_BOTH = {
    "progress:unit_kept",  # 历次名称
    "progress:unit_list",  # 别名
    "reports:unit",
    "reports:item",  # 办理过程
    "reports:filings",  # a row says the name of its period
    "reports:filings_excel",
    "reports:reminders",  # what was told in July
    "reports:reminders_excel",
    "progress:notices",
    "progress:orders",
    "progress:matters",
    "tasks:draft_items",  # 通知 as printed
    "tasks:draft_source",
    "tasks:naming",  # where it came from, frozen
    "progress:coordination",  # and what is of June alone
    "progress:urges",
    "progress:order",
    "reports:standing",
    "reports:standing_unit",
}
OF_TODAY = [
    name
    for name in READ
    if "office" in opened(name)
    and name not in TELL_OF_BOTH
    and ":bulletin" not in name
    and ":standing_" not in name
]
PAPERS = ("bulletin", "bulletin_edit", "bulletin_word")
BOOKS_OF_A_PERIOD = [book.slug for book in WORKBOOKS if "period" in book.asks]


class Renamed:
    """The small year with a split number, an order, an instruction and an urge of June."""

    def __init__(self) -> None:
        cast, plan = Cast(), make_plan()
        self.year = make_small_year(cast, plan)
        make_share(self.year.task.indicators.get(), cast.county, 100)
        freeze(self.year.task, "slow", percent=50, unit_reason="示例：用地未批。")
        before = Period.objects.filter(plan=plan, data_as_of__lte=date(2022, 6, 30))
        before.update(state="finalized", finalized_at=at("2022-07-14"))
        self.june = report_of(self.year.task, cast.lead, "2022-06")
        self.july = report_of(self.year.task, cast.lead, "2022-07")
        self.instruction = make_instruction(
            cast, plan, now=at("2022-06-20"), decided_on=date(2022, 6, 20)
        )
        self.order = make_order(
            cast, self.year.task, now=at("2022-06-20"), due_on=date(2022, 6, 21)
        )
        approval = approval_of(cast)
        sign_order(order=self.order, approval=approval, actor=cast.office, now=at("2022-06-21"))
        self.order = send_order(order=self.order, actor=cast.office, now=at("2022-06-21"))
        urge(subjects=[self.order], actor=cast.office, now=at("2022-06-22"))
        # a person is called as they are called
        for user in User.objects.all():
            user.display_name = f"某{user.pk}"
            user.save()
        for unit, name in ((cast.lead, NEW), (cast.county, NEW_COUNTY)):
            rename(
                unit=unit,
                name=name,
                starts_on=RENAMED,
                authority="示例〔2022〕3号",
                actor=cast.admin,
                now=at("2022-08-03"),
            )
        self.paper = draft_of(period_of(plan, "2022-06"), cast)
        self.standing = self.at("reports:standing")
        self.client = browser(cast.office)

    def at(self, name: str) -> str:
        """The address called `name`; a row that it needs is made, and stays for this test."""
        return address(name, self.year)

    def said(self, to: str) -> str:
        with transaction.atomic():
            response = self.client.get(to, follow=True)
            found = "\n".join(texts(response))
            transaction.set_rollback(True)
        assert response.status_code == 200, to
        return re.sub(f"{OLD}\\s?(联络员|单位负责人)", "", found)


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Renamed]:
    clock.configure(TODAY)
    with django_db_blocker.unblock(), transaction.atomic():
        yield Renamed()
        transaction.set_rollback(True)
    clock.configure(None)


@pytest.fixture
def renamed(made: Renamed, db: None) -> Renamed:
    return made


def of_june(year: Renamed) -> list[str]:
    """Pages and papers of the past that are not found by their name alone."""
    june, slug = year.june, "2022"
    return [
        reverse("progress:report", args=[slug, june.pk]),
        reverse("reports:report_trail", args=[slug, june.pk]),
        reverse("reports:report_sheet", args=[slug, june.pk]),
        reverse("reports:report_sheet_word", args=[slug, june.pk]),
        reverse("progress:matter", args=[slug, year.instruction.pk]),
        reverse("progress:order", args=[slug, year.order.pk]),
        reverse("progress:order_print", args=[slug, year.order.pk]),
        reverse("reports:order_word", args=[slug, year.order.pk]),
        f"{reverse('reports:filings', args=[slug])}?day={JUNE}",
        f"{reverse('reports:filings_excel', args=[slug])}?day={JUNE}",
        reverse("reports:workbook_excel", args=[slug, "monthly"]),
        reverse("progress:urges", args=[slug]),
        reverse("progress:coordination", args=[slug]),
        *(reverse(f"reports:{each}", args=[slug, year.paper.pk]) for each in PAPERS),
        year.standing,
        f"{year.standing}units/{year.year.cast.lead.pk}/",
    ]


def test_pages_and_papers_of_june_print_the_name_of_june(renamed: Renamed) -> None:
    for to in of_june(renamed):
        said = renamed.said(to)
        assert NEW not in said, to
        assert OLD in said, to


@pytest.mark.parametrize("book", BOOKS_OF_A_PERIOD)
def test_workbooks_of_june_print_the_names_of_june(book: str, renamed: Renamed) -> None:
    to = reverse("reports:workbook_excel", args=["2022", book])
    said = renamed.said(f"{to}?period={JUNE}")
    assert NEW not in said
    assert NEW_COUNTY not in said
    if book in ("ledger", "units", "monthly", "missing", "rates"):
        assert OLD in said
    if book == "counties":
        assert OLD_COUNTY in said


def test_what_is_asked_of_july_has_the_name_of_today(renamed: Renamed) -> None:
    slug = "2022"
    for to in (
        reverse("progress:report", args=[slug, renamed.july.pk]),
        reverse("reports:report_sheet_word", args=[slug, renamed.july.pk]),
        reverse("progress:unreported", args=[slug]),
        reverse("reports:workbook_excel", args=[slug, "missing"]),
        reverse("reports:workbook_excel", args=[slug, "ledger"]),
        reverse("reports:matrix", args=[slug]),
    ):
        said = renamed.said(to)
        assert OLD not in said, to
        assert NEW in said, to


def test_history_and_the_page_of_the_unit_tell_of_both(renamed: Renamed) -> None:
    item = renamed.said(renamed.at("reports:item"))
    assert f"{OLD} 6月进展" in item
    assert f"{NEW} 7月" in item
    unit = renamed.said(renamed.at("reports:unit"))
    assert f"2022年7月14日及以前名称：{OLD}" in unit
    assert f"<h1>{NEW}</h1>" in unit


def test_search_finds_both_names(renamed: Renamed) -> None:
    task = renamed.year.task.get_absolute_url()
    for typed in (OLD, NEW):
        assert task in renamed.said(f"{reverse('reports:search', args=['2022'])}?q={typed}")


@pytest.mark.slow
@pytest.mark.parametrize("name", OF_TODAY)
def test_every_other_page_has_the_names_of_today(name: str, renamed: Renamed) -> None:
    said = renamed.said(renamed.at(name))
    assert OLD not in said
    assert OLD_COUNTY not in said
