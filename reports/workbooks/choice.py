"""What the page 台账报表 offers to choose, and what an address chose of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from progress.periods.access import periods_of
from reports.workbooks.asked import FILTERS, Asked, month
from reports.workbooks.described import Workbook
from tasks.models import Cycle, Plan
from units.actors import Actor

PERIOD, COLUMN, TELEPHONES = "period", "col", "telephones"
Options = list[tuple[str, str]]


@dataclass(frozen=True)
class Choice:
    """One select of the form: name, label, the word for no choice, value and words of each."""

    name: str
    label: str
    all_word: str
    options: Options


def period_options(plan: Plan, actor: Actor, today: date, *, with_open: bool) -> Options:
    """Days of data, the newest first. What is open is for the office and the units."""
    days: dict[date, bool] = {}
    names: dict[date, str] = {}  # 1—2月 is one period
    for period in periods_of(plan):
        if period.opens_on <= today and not period.is_before:
            day = period.data_as_of
            days[day] = days.get(day, False) or period.is_finalized
            if period.cycle == Cycle.MONTHLY:
                names[day] = f"{day.year}年{period.label}"
    shows_open = with_open and not actor.is_reader
    return [
        (day.isoformat(), names.get(day, month(day)) + ("" if days[day] else "（未定稿）"))
        for day in sorted(days, reverse=True)
        if days[day] or shows_open
    ]


def choices_of(book: Workbook, asked: Asked) -> list[Choice]:
    """The selects that `book` takes; a unit's people are held to their own unit as it is."""
    index = asked.ledger.index
    found = []
    for name in book.asks:
        if name == "unit" and asked.actor.is_of_a_unit:
            continue
        if name == PERIOD:
            options = period_options(
                asked.plan, asked.actor, asked.today, with_open=book.takes_open_periods
            )
            found.append(Choice(name, "填报期", "最新一期", options))
        else:
            label = str(asked.ledger.filters[name].label)
            found.append(Choice(name, label, "全部", index.choices(name)))
    return found


def asked_of(
    query: QueryDict, book: Workbook | None, *, plan: Plan, actor: Actor, today: date
) -> Asked | None:
    """What the address asks of `book`; None when it names a period that there is not."""
    day = _day(query.get(PERIOD, ""), plan)
    if day is None and query.get(PERIOD):
        return None
    if day is None and book is not None and book.takes_open_periods:
        day = _newest(plan, actor, today)
    if day is None and book is not None and book.newest is not None:
        day = book.newest(plan, actor)
    return Asked(
        plan=plan,
        actor=actor,
        today=today,
        filters={name: query.get(name, "") for name in FILTERS},
        day=day,
        columns=_columns(query),
        stands_on=today if book is not None and book.is_of_today else None,
        with_telephones=TELEPHONES in query,
    )


def _day(given: str, plan: Plan) -> date | None:
    days = {period.data_as_of.isoformat(): period.data_as_of for period in periods_of(plan)}
    return days.get(given)


def _newest(plan: Plan, actor: Actor, today: date) -> date | None:
    options = period_options(plan, actor, today, with_open=True)
    return date.fromisoformat(options[0][0]) if options else None


def _columns(query: QueryDict) -> list[int] | None:
    """The places chosen; None when none is named, for a page without any column is no page."""
    named = [int(each) for each in query.getlist(COLUMN) if each.isascii() and each.isdigit()]
    return named or None


def words_of(asked: Asked) -> Mapping[str, object]:
    """The choices for the log."""
    chosen: dict[str, object] = dict(asked.ledger.chosen)
    if asked.day is not None:
        chosen[PERIOD] = asked.day.isoformat()
    if asked.columns is not None:
        chosen[COLUMN] = sorted(asked.columns)
    if asked.with_telephones:
        chosen[TELEPHONES] = True
    return chosen
