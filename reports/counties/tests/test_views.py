"""分县（市、区）: parts, sums, and one county across all items; nothing that may not be seen."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reports.tests.factories import freeze
from tasks.models import Plan, Responsibility
from tests.cast import Cast, make_item, make_share
from tests.pages import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def split(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    make_share(task.indicators.get(), cast.county, 120)
    freeze(task, "slow", percent=40, expected_basis="按时间折算")
    Responsibility.objects.create(
        task=task, unit=cast.county, role="support", starts_on="2022-01-21"
    )


def test_a_split_number_stands_with_its_parts_and_their_sum(
    split: None, cast: Cast, plan: Plan
) -> None:
    page = browser(cast.leader).get("/2022/counties/").context["page"]
    assert [unit.name for unit in page.counties] == ["大冶市政府"]
    number = page.numbers[0]
    assert number.total.line.target == 120
    assert number.cells[0].target == 120
    assert number.cells[0].planned == Decimal(60)  # half the year has passed
    assert page.counted == [(cast.county, 1)]


def test_one_county_has_its_numbers_and_its_items(split: None, cast: Cast, plan: Plan) -> None:
    make_item(plan, cast, 2)
    page = browser(cast.observer).get(f"/2022/counties/{cast.county.pk}/").context["page"]
    assert [each.own.target for each in page.numbers] == [120]
    assert [row.task.number for row, _ in page.items] == [1]


def test_a_county_that_answers_for_nothing_is_not_found(
    split: None, cast: Cast, plan: Plan
) -> None:
    address = f"/2022/counties/{cast.county.pk}/"
    assert browser(cast.stranger_reporter).get(address).status_code == 404
    assert browser(cast.office).get(f"/2022/counties/{cast.stranger.pk}/").status_code == 404


def test_without_any_split_number_it_says_so(cast: Cast, plan: Plan) -> None:
    make_item(plan, cast)
    page = browser(cast.office).get("/2022/counties/").content.decode()
    assert "没有分解到县（市、区）的指标" in page
