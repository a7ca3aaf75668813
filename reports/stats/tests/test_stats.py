"""Counts add up, whatever the lights are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from progress.board.shown import AreaName, Frozen, FrozenPeriod, Item, PlanName
from progress.states import Light
from reports.ledger.rows import LedgerRow
from reports.stats.areas import by_area
from reports.stats.lights import tally as tally_of
from reports.stats.severity import behind
from reports.tests.factories import FROZEN_AT

LIGHTS = st.lists(st.sampled_from(list(Light)), max_size=40)
AREAS = [AreaName(pk=number, ordinal=number, title=f"方面{number}") for number in (1, 2, 3)]
PLAN = PlanName(pk=1, slug="2022", year=2022, is_sample=True)
JUNE = FrozenPeriod(
    pk=1, cycle="monthly", code="2022-06", label="6月", data_as_of=date(2022, 6, 30)
)


def row(light: str, place: int = 0, gap: int | None = None) -> LedgerRow:
    """`no_data` is a row without 定稿; every fourth row is a project, which has no area."""
    area = None if place % 4 == 3 else AREAS[place % 3]
    task = Item(pk=place, number=place, plan=PLAN, area=area)
    gap_then = None if gap is None else Decimal(gap)
    frozen = Frozen(light=light, period=JUNE, frozen_at=FROZEN_AT, gap=gap_then)
    return LedgerRow(task, date(2022, 12, 31), frozen=frozen if light != Light.NO_DATA else None)


def rows_of(lights: list[str]) -> list[LedgerRow]:
    return [row(light, place) for place, light in enumerate(lights)]


@given(LIGHTS)
def test_the_parts_of_the_sentence_add_up_to_the_total(lights: list[str]) -> None:
    tally = tally_of(rows_of(lights))
    assert sum(part.count for part in tally.sentence) == len(lights)
    assert sum(part.count for part in tally.columns) == len(lights)
    assert sum(count for _, count in tally.distribution) == len(lights)


@given(LIGHTS)
def test_the_areas_add_up_to_the_items_that_have_one(lights: list[str]) -> None:
    rows = rows_of(lights)
    table = by_area(rows)
    with_area = [each for each in rows if each.task.area is not None]
    assert sum(line.tally.total for line in table.lines) == len(with_area)
    for line in table.lines:
        assert [part.light for part in line.cells] == [part.light for part in table.columns]
        assert sum(part.count for part in line.cells) == line.tally.total
    for place, column in enumerate(table.columns):
        assert sum(line.cells[place].count for line in table.lines) == column.count


@given(LIGHTS)
def test_what_is_behind_is_what_the_sentence_counts(lights: list[str]) -> None:
    rows = rows_of(lights)
    tally = tally_of(rows)
    found = behind(rows, everything=True)
    assert len(found.rows) == found.total == tally.behind.count + tally.not_started.count


def test_the_sentence_has_its_four_parts_even_when_they_are_zero() -> None:
    words = [(part.word, part.count) for part in tally_of(rows_of(["on_pace"])).sentence]
    assert words == [("已完成", 0), ("达到序时进度", 1), ("未达序时进度", 0), ("未启动", 0)]


def test_no_data_and_suspended_are_named_when_there_are_any() -> None:
    sentence = tally_of(rows_of(["no_data", "suspended", "done"])).sentence
    assert [part.word for part in sentence[-2:]] == ["暂无数据", "中止"]


def test_done_is_not_counted_again_among_what_keeps_pace() -> None:
    tally = tally_of(rows_of(["done", "ahead", "on_pace"]))
    assert (tally.done.count, tally.reached.count) == (1, 2)
    assert tally.share_on_time == 100


def test_the_share_is_of_all_items_and_rounds_half_up() -> None:
    assert tally_of(rows_of(["done"] * 124 + ["late"] * 20)).share_on_time == Decimal("86.1")
    assert tally_of([]).share_on_time == 0


def test_the_worst_stands_first() -> None:
    found = [row("slow", 1, -8), row("late", 2, -16), row("not_started", 3), row("late", 4, -30)]
    assert [each.task.number for each in behind(found).rows] == [4, 2, 3, 1]


def test_only_the_worst_of_the_slow_are_listed_and_the_note_says_so() -> None:
    found = [row("late", 0)] + [row("slow", place, -5 - place) for place in range(1, 9)]
    listed = behind(found)
    assert [each.task.number for each in listed.rows] == [0, 8, 7, 6, 5, 4]
    assert listed.note == "，列滞后、未启动1项和进度偏慢5项"
    assert behind(found, everything=True).note == ""


def test_an_item_before_its_first_finalization_is_no_data() -> None:
    tally = tally_of([row("no_data")])
    assert not tally.has_data
    assert tally.distribution == [("no_data", 1)]
