"""报送统计: every number leads to exactly the rows that it counts."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from progress.finalizing.finalize import finalize
from progress.models import Period
from progress.periods.opening import ensure_reports
from progress.urging.unreported import unreported_list
from reports.office.page import OfficePage
from reports.stats.filing_lines import Wanted, filing_lines
from reports.tests.random_year import NOW, make_random_year
from tasks.models import Plan
from tests.cast import Cast, at, file_report, make_item, report_of

pytestmark = pytest.mark.django_db
HOME, LIST = "/2022/office/figures/", "/2022/office/filings/"
LINK = re.compile(r'<a[^>]*href="(/2022/office/filings/\?[^"]*)"[^>]*>(.*?)</a>', re.S)


@pytest.fixture(params=[1, 2])
def year(cast: Cast, plan: Plan, request: Any) -> Plan:
    """Months behind us, some never filed; July with drafts and one report that waits."""
    make_random_year(plan, cast, request.param)
    for period in Period.objects.filter(plan=plan, data_as_of__lt="2022-06-01"):
        ensure_reports(period, period.opens_on)
        finalize(period=period, actor=cast.office_head, now=at("2022-07-13"))
    measured = make_item(plan, cast, 40)
    file_report(cast, report_of(measured, cast.lead), at("2022-07-27"), 180)
    return plan


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    client.force_login(cast.office.user)
    return client


def test_every_number_on_the_page_counts_the_rows_behind_it(office: Client, year: Plan) -> None:
    body = office.get(f"{HOME}?heat=all").content.decode()
    counted = 0
    for address, words in LINK.findall(body):
        number = re.search(r"<b[^>]*>(\d+)", words) or re.search(r"（?(\d+)(?:）|项|$)", words)
        if number is None or "day=" in address:
            continue  # a cell of the heat map says percent
        listed = office.get(unescape(address))
        assert listed.context["count"] == int(number[1]), (address, words)
        counted += 1
    assert counted > 10


def test_the_states_add_up_and_the_absent_are_those_of_the_list(office: Client, year: Plan) -> None:
    page: OfficePage = office.get(HOME).context["page"]
    assert sum(each.count for each in page.states) == page.owed.count
    assert page.left.count + page.unreported_count == page.owed.count
    listed = unreported_list([year], NOW.date())
    assert page.unreported_count == listed.count
    assert [each.unit for each, _ in page.unreported] == [each.unit for each in listed.units]
    assert sum(unit.whole.count for unit in page.units) == page.owed.count


def test_a_cell_of_the_heat_map_is_the_percent_of_its_rows(year: Plan, office: Client) -> None:
    page: OfficePage = office.get(f"{HOME}?heat=all").context["page"]
    lines = filing_lines(year, NOW)
    for row in page.heat.rows:
        for cell in row.cells:
            own = cell.wanted.of(lines)
            assert len(own) == (cell.punctuality.owed if cell.punctuality else 0)
            if cell.punctuality and not cell.punctuality.is_open:
                punctual = sum(line.timing == "punctual" for line in own)
                assert cell.punctuality.percent == 100 * punctual // len(own)


def test_conditions_nobody_offers_list_nothing(office: Client, year: Plan) -> None:
    for query in ("state=x", "unit=999999", "day=2022-13-01", "wait=x", "finding=x", "timing=x"):
        response = office.get(f"{LIST}?{query}")
        assert (response.status_code, response.context["count"]) == (200, 0), query
        assert "没有符合条件的进展" in response.content.decode()


def test_an_address_says_its_conditions_again() -> None:
    wanted = Wanted(unit="3", state="draft", open="1")
    assert Wanted.read(dict(part.split("=") for part in wanted.query.split("&"))) == wanted


def test_on_the_first_day_the_page_has_nothing_and_says_so(office: Client, plan: Plan) -> None:
    body = office.get(HOME).content.decode()
    assert "还没有应报的进展" in body
