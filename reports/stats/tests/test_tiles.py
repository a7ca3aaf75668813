"""Every number of 总览, its list, its Excel and `manage.py explain` say the same."""

from __future__ import annotations

import html
import re
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from openpyxl import load_workbook

from progress.models import Period
from progress.states import Light
from reports.ledger.asked import OUTLOOK, PROBLEM, rows_asked
from reports.ledger.moves import move_of
from reports.stats.tiles import Tile, rows_behind, tiles_of
from reports.stats.trend import history_of
from reports.stats.trend import trend as trend_of
from reports.tests.factories import freeze
from reports.tests.random_year import NOW, make_random_year
from tasks.models import Plan
from tests.cast import Cast, accept_report, at, make_item, report_of

pytestmark = pytest.mark.django_db


def make_year(plan: Plan, cast: Cast, seed: int) -> None:
    """The random year, with an earlier 定稿 of some of its items."""
    rng = Random(seed)
    asking = [make_item(plan, cast, number) for number in (41, 42, 43)]
    for task in make_random_year(plan, cast, seed):
        if rng.random() < 0.7:
            freeze(task, rng.choice(list(Light)), code="2022-05", percent=rng.choice([None, 20]))
    for task in asking:
        said = {} if task.number == 43 else {"coordination": "请协调用地指标。"}
        report = report_of(task, cast.lead, "2022-06")
        version = accept_report(cast, report, at("2022-07-04"), 150, **said).accepted_version
        freeze(task, rng.choice(list(Light)), percent=60, version=version)
    Period.objects.filter(code__in=["2022-05", "2022-06"]).update(
        state="finalized", finalized_at=at("2022-07-13")
    )


def client_of(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.office.user)
    return client


def lines_of(client: Client, query: str) -> int:
    """The items in the Excel of the ledger under these filters."""
    book = load_workbook(BytesIO(client.get(f"/2022/tasks.xlsx?{query}").content))
    column = next(book["任务台账"].iter_cols(max_col=1, min_row=4, values_only=True))
    return sum(isinstance(value, int) for value in column)


@pytest.mark.parametrize("seed", [3])
def test_tile_list_excel_and_command_agree(cast: Cast, plan: Plan, seed: int) -> None:
    make_year(plan, cast, seed)
    client = client_of(cast)
    tiles = every_tile(plan, cast)
    assert len({tile.name for tile in tiles}) == len(tiles)
    for kind in ("move", "problem", "period"):
        assert any(tile.count for tile in tiles if kind in tile.choice), kind
    for tile in tiles:
        rows = rows_asked(plan, cast.office, NOW.date(), {OUTLOOK: "1", **tile.choice})
        assert len(rows_behind(tile, rows)) == tile.count, tile
        page = client.get(f"/2022/tasks/?{tile.query}")
        assert page.context["page"].paginator.count == tile.count, tile
        assert lines_of(client, tile.query) == tile.count, tile
    for tile in Random(seed).sample(tiles, 6):
        assert len(explained(tile.name)) == tile.count + 1, tile


def every_tile(plan: Plan, cast: Cast) -> list[Tile]:
    rows = rows_asked(plan, cast.office, NOW.date(), {OUTLOOK: "1", PROBLEM: "1"})
    return tiles_of(rows, trend_of(rows, history_of(rows)))


def explained(tile: str, *options: str) -> list[str]:
    out = StringIO()
    call_command("explain", tile, *options, stdout=out)
    return out.getvalue().splitlines()


def test_the_command_names_every_tile_of_the_pages(cast: Cast, plan: Plan) -> None:
    make_year(plan, cast, 3)
    names = {line.split("\t")[0] for line in explained("")}
    assert {tile.name for tile in every_tile(plan, cast)} <= names
    assert explained("problems")[0] == "需市政府协调解决的问题：2项"
    trend = [name for name in names if name.startswith("trend-2022-06-30-")]
    assert len(trend) == 3
    then = explained("total", "--period", "2022-05")
    assert len(then) == len(explained("total"))
    leader = next(name for name in names if name.startswith("leader-")).removeprefix("leader-")
    assert explained("total", "--leader", leader)[1:] == explained(f"leader-{leader}")[1:]
    with pytest.raises(CommandError, match="没有符合“leader=0”的事项"):
        explained("total", "--leader", "0")


@pytest.mark.parametrize("asked", ["", "?live=1"])
def test_every_number_on_overview_and_projects_leads_to_its_rows(
    cast: Cast, plan: Plan, asked: str
) -> None:
    make_year(plan, cast, 4)
    client = client_of(cast)
    found = 0
    for shown in (f"/2022/overview/{asked}", "/2022/projects/"):
        page = client.get(shown).content.decode()
        for link, inside in re.findall(r'href="(/2022/tasks/\?[^"]*)"[^>]*>(.*?)</a>', page, re.S):
            if figures := re.findall(r"\d+", re.sub(r"<svg.*?</svg>|<[^>]+>", "", inside)):
                address = html.unescape(link)
                counted = client.get(address).context["page"].paginator.count
                assert counted == int(figures[-1]), address
                found += 1
    assert found > 20


def test_what_a_facet_counts_is_what_its_choice_lists(cast: Cast, plan: Plan) -> None:
    make_year(plan, cast, 3)
    client = client_of(cast)
    facet = client.get("/2022/tasks/").context["facets"]["move"]
    assert sum(option.count for option in facet.options) > 0
    for option in facet.options:
        page = client.get(f"/2022/tasks/?move={option.value}").context["page"]
        assert page.paginator.count == option.count


def test_the_words_for_a_move() -> None:
    assert move_of("on_pace", "late") == "fell"
    assert move_of("slow", "done") == "closed"
    assert move_of("late", "on_pace") == "turned"
    assert move_of("no_data", "on_pace") == move_of("", "late") == move_of("late", "late") == ""
    assert move_of("on_pace", "slow") == ""


def test_an_item_that_was_not_judged_this_time_has_not_moved(cast: Cast, plan: Plan) -> None:
    for number, (code, before) in enumerate([("2022-05", "2022-04"), ("2022-06", "2022-05")], 1):
        task = make_item(plan, cast, number)
        freeze(task, "on_pace", code=before, percent=50)
        freeze(task, "late", code=code, percent=10)
    rows = rows_asked(plan, cast.office, NOW.date(), {})
    assert [row.move for row in rows] == ["", "fell"]


def test_what_will_lack_something_at_the_end_of_the_year_is_listed(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast)
    for month, value in ((4, 20), (5, 30), (6, 40)):
        report = report_of(task, cast.lead, f"2022-0{month}")
        said = "甲乙丙"[month - 4] * 30
        now = at(f"2022-0{month + 1}-04")
        accept_report(cast, report, now, Decimal(value), progress=said)
    freeze(task, "slow", percent=13)
    client = client_of(cast)
    assert client.get("/2022/overview/").context["short"] == 1
    assert client.get("/2022/tasks/?outlook=short").context["page"].paginator.count == 1
    assert "按近3期平均每月6.7" in client.get(task.get_absolute_url()).content.decode()


def test_only_the_office_sees_what_is_not_finalized(cast: Cast, plan: Plan) -> None:
    make_year(plan, cast, 2)
    client = Client()
    client.force_login(cast.leader.user)
    assert not client.get("/2022/overview/?live=1").context["is_live"]
    assert client.get("/2022/tasks/?live=1").context["row_count"] > 0
    assert "live" not in client.get("/2022/tasks/?live=1").context["filters"].filters


def test_explain_says_what_it_does_not_know(cast: Cast, plan: Plan) -> None:
    make_item(plan, cast)
    for wrong in (["nothing"], ["total", "--period", "2022-11"], ["total", "--plan", "1999"]):
        with pytest.raises(CommandError, match="没有"):
            call_command("explain", *wrong)


def test_now_is_held_against_the_last_finalization_of_each_item(cast: Cast, plan: Plan) -> None:
    make_year(plan, cast, 5)
    rows = rows_asked(plan, cast.office, date(2022, 8, 3), {})
    lights = {row.task.pk: row.light if row.frozen is not None else "" for row in rows}
    now = rows_asked(plan, cast.office, date(2022, 8, 3), {"live": "1"})
    assert any(row.asked for row in now)
    assert {row.task.pk: row.before for row in now} == lights
