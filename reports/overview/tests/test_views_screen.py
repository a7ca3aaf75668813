"""大屏: who opens it, the numbers of 总览, and nothing that is restricted, whoever is logged in."""

from __future__ import annotations

import pytest

from reports.tests.factories import freeze
from tasks.models import Plan
from tests.cast import Cast, make_item
from tests.pages import browser

pytestmark = pytest.mark.django_db

ADDRESS = "/2022/screen/"


def test_it_counts_what_the_overview_counts(cast: Cast, plan: Plan) -> None:
    for number, light in enumerate(["done", "late", "on_pace", "slow"], start=1):
        freeze(make_item(plan, cast, number), light, percent=40)
    client = browser(cast.leader)
    assert client.get(ADDRESS).context["tally"] == client.get("/2022/overview/").context["tally"]


def test_nothing_restricted_stands_on_a_wall(cast: Cast, plan: Plan) -> None:
    hidden = make_item(plan, cast, 1, visibility="restricted", short_title="限定事项")
    freeze(hidden, "late", percent=10)
    freeze(make_item(plan, cast, 2, short_title="一般事项"), "late", percent=10)
    page = browser(cast.office).get(ADDRESS)
    assert page.context["tally"].total == 1
    assert "限定事项" not in page.content.decode()
    assert "一般事项" in page.content.decode()


def test_it_is_for_those_who_read_the_whole_city(cast: Cast, plan: Plan) -> None:
    assert browser(cast.reporter).get(ADDRESS).status_code == 403
    assert browser(cast.auditor).get(ADDRESS).status_code == 404


def test_before_the_first_finalization_it_says_so(cast: Cast, plan: Plan) -> None:
    make_item(plan, cast)
    assert "尚无定稿数据" in browser(cast.office).get(ADDRESS).content.decode()
