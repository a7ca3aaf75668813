"""大屏: who opens it, the numbers of 总览, and nothing that is restricted, whoever is logged in."""

from __future__ import annotations

from datetime import date

import pytest

from reports.overview.screen_page import line_of
from reports.stats.lights import tally_of
from reports.stats.trend import Month
from reports.tests.factories import freeze
from tasks.models import Area, Plan
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


def test_it_has_short_names_the_ten_and_the_trend(cast: Cast, plan: Plan) -> None:
    area = Area.objects.create(plan=plan, ordinal=1, title="突出一致,全力在推进乡村振兴上攻坚突破")
    freeze(make_item(plan, cast, 1, area=area), "late", code="2022-05", percent=10)
    project = make_item(plan, cast, 3, kind="practical_project")
    freeze(project, "on_pace", code="2022-06", percent=60)
    page = browser(cast.leader).get(ADDRESS)
    assert "一 乡村振兴" in page.content.decode()
    assert [each.project.row.task.number for each in page.context["ten"]] == [3]
    assert [point.label for point in page.context["line"].points] == ["5月", "6月"]
    assert "大屏请在1366像素以上的屏幕打开" in page.content.decode()


def test_the_line_stays_inside_its_frame() -> None:
    days = [date(2022, month, 28) for month in range(2, 11)]
    months = [Month(day, tally_of(["late"] * place + ["done"])) for place, day in enumerate(days)]
    line = line_of(months)
    assert line is not None
    assert len(line.points) == 6
    assert all(36 <= float(point.y) <= 116 and 0 <= float(point.x) <= 330 for point in line.points)
    assert line.low <= min(point.share for point in line.points)
    assert line.high >= max(point.share for point in line.points)
    assert line_of([]) is None
