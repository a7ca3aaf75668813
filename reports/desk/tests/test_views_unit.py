"""单位主页: what one unit answers for, with every count as long as its list."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from progress.finalizing.finalize import finalize
from progress.models import Period
from progress.periods.opening import ensure_reports
from reports.desk.unit_page import UnitPage
from reports.tests.random_year import make_random_year
from tasks.models import Plan
from tests.cast import Cast, accept_report, at, make_item, report_of
from units.actors import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(cast: Cast, plan: Plan) -> Plan:
    """市住建局 reported May and nothing else of one item, among others."""
    item = make_item(plan, cast, 40)
    accept_report(cast, report_of(item, cast.lead, "2022-05"), at("2022-06-02"), 150)
    make_random_year(plan, cast, 3)
    for period in Period.objects.filter(plan=plan, data_as_of__lt="2022-06-01"):
        ensure_reports(period, period.opens_on)
        finalize(period=period, actor=cast.office_head, now=at("2022-06-14"))
    return plan


def page_of(client: Client, actor: Actor, pk: int) -> Any:
    client.force_login(actor.user)
    return client.get(f"/2022/units/{pk}/")


def test_counts_are_as_long_as_their_lists(client: Client, cast: Cast, year: Plan) -> None:
    page: UnitPage = page_of(client, cast.office, cast.lead.pk).context["page"]
    held = cast.lead.responsibilities.filter(task__plan=year)
    assert page.count == held.count() > 3
    behind = next(each for each in page.facts if each.kind == "behind")
    assert len(behind.facts) == page.led.behind.count + page.led.not_started.count
    late = next(each for each in page.facts if each.kind == "late")
    closed = [c.punctuality for r in page.heat.rows for c in r.cells if c.punctuality]
    assert len(late.facts) == sum(each.late + each.missing for each in closed if not each.is_open)


def test_its_own_number_stands_under_its_month(client: Client, cast: Cast, year: Plan) -> None:
    page: UnitPage = page_of(client, cast.reporter, cast.lead.pk).context["page"]
    assert [
        (str(day), [int(v or 0) for v in each.values]) for each in page.numbers for day in page.days
    ] == [("2022-05-31", [150])]


def test_a_unit_sees_its_own_page_only(client: Client, cast: Cast, year: Plan) -> None:
    assert page_of(client, cast.reporter, cast.lead.pk).status_code == 200
    assert page_of(client, cast.reporter, cast.support.pk).status_code == 404


def test_a_leader_sees_nothing_that_is_under_way(client: Client, cast: Cast, year: Plan) -> None:
    page: UnitPage = page_of(client, cast.leader, cast.lead.pk).context["page"]
    cells = [c.punctuality for row in page.heat.rows for c in row.cells if c.punctuality]
    assert cells
    assert not any(each.is_open for each in cells)


def test_a_unit_without_items_says_so(client: Client, cast: Cast, year: Plan) -> None:
    assert "没有可查看的事项" in page_of(client, cast.office, cast.stranger.pk).content.decode()
