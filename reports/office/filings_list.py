"""报送明细 as a list: its columns, and what its filters offer with the rows each would leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from reports.office.words import TIMINGS
from reports.stats.filing_lines import LEFT, UNREPORTED, FilingLine, Wanted
from units.face.marks import STATES
from units.lists.narrowing import Choice, Filter
from units.lists.tool import Column

COLUMNS = (
    Column("pick", "选择", stays=True, css="l-ck"),
    Column("unit", "单位", lambda line: line.report.unit.ordinal, stays=True),
    Column("item", "事项", lambda line: (line.report.task.kind, line.report.task.number), True),
    Column("period", "填报期", lambda line: line.report.period.data_as_of),
    Column("duty", "类别", lambda line: line.report.duty),
    Column("due", "截止", lambda line: line.report.due_on),
    Column("left", "首次报送", lambda line: line.report.first_left_at),
    Column("timing", "按时", lambda line: line.timing),
    Column("state", "状态", lambda line: list(STATES).index(line.state)),
)


def filters_of(wanted: Wanted, lines: Sequence[FilingLine]) -> list[Filter]:
    """Of all that is owed: 单位, 填报期, 状态, 按时; choices without rows are left out."""
    return [
        _filter("unit", "单位", wanted, lines, lambda line: line.unit, _unit),
        _filter("day", "填报期", wanted, lines, lambda line: line.day, _period),
        _states(wanted, lines),
        _filter("timing", "按时", wanted, lines, lambda line: line.timing, _timing),
    ]


def _filter(
    name: str,
    label: str,
    wanted: Wanted,
    lines: Sequence[FilingLine],
    value_of: Callable[[FilingLine], str],
    word_of: Callable[[FilingLine], str],
) -> Filter:
    among = replace(wanted, **{name: ""}).of(lines)
    counted = Counter(map(value_of, among))
    words = {value_of(line): word_of(line) for line in [*lines, *among]}  # as these say it
    given = getattr(wanted, name)
    choices = [
        Choice(value, word, counted[value], value == given)
        for value, word in words.items()
        if counted[value] or value == given
    ]
    return Filter(name, label, len(among), _in_order(name, choices))


def _states(wanted: Wanted, lines: Sequence[FilingLine]) -> Filter:
    among = replace(wanted, state="").of(lines)
    counted = Counter(line.state for line in among)
    unsent = sum(line.is_unreported for line in among)
    groups = ((UNREPORTED, "未报送", unsent), (LEFT, "已离开单位", len(among) - unsent))
    every = [*groups, *((key, mark.label, counted[key]) for key, mark in STATES.items())]
    choices = [
        Choice(value, word, count, value == wanted.state)
        for value, word, count in every
        if count or value == wanted.state
    ]
    return Filter("state", "状态", len(among), choices)


def _in_order(name: str, choices: Iterable[Choice]) -> list[Choice]:
    """Periods with the newest first; all others as the rows come."""
    found = list(choices)
    return sorted(found, key=lambda each: each.value, reverse=True) if name == "day" else found


def _unit(line: FilingLine) -> str:
    return line.report.unit_name


def _period(line: FilingLine) -> str:
    day = line.report.period.data_as_of
    return f"{day.year}年{day.month}月"


def _timing(line: FilingLine) -> str:
    return TIMINGS[line.timing]
