"""月度进展汇总: how every item stands against the period before, and who did not report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from huangshi_tasks.lib.text import full_width
from progress.periods.access import periods_of
from reports.excel.book import A3_ACROSS, Column, Group, Row, Sheet
from reports.excel.cells import DATE, POINTS, Cell, Value
from reports.ledger.groups import grouped
from reports.ledger.rows import LedgerRow, load_rows
from reports.stats.lights import tally
from reports.stats.moves import CHANGES, change_of
from reports.workbooks.asked import Asked, month
from reports.workbooks.books import missing
from reports.workbooks.cover import Check, by_light, cover, equal_to
from reports.workbooks.described import (
    Workbook,
    light_cell,
    primary_of,
    share_cell,
    without_reason,
)
from tasks.models import Plan
from units.actors import Actor

COLUMNS = (
    Column("序号", 6, "center", stays=True),
    Column("任务内容", 46, stays=True),
    Column("汇总牵头单位", 16),
    Column("上期状态", 10, "center", stays=True),
    Column("状态", 10, "center", stays=True),
    Column("变化", 10, "center", stays=True),
    Column("上期完成率", 11, "center"),
    Column("本期完成率", 11, "center"),
    Column("应达进度", 11, "center"),
    Column("序时差\n（百分点）", 10, "center"),
    Column("进展情况（采用稿）", 46),
    Column("未达序时进度原因", 28),
    Column("数据截至", 16, "center"),
    Column("备注", 20),
)


def build(asked: Asked) -> Sequence[Sheet]:
    before_on = previous_day(asked)
    before = _before(asked, before_on)
    rows = asked.rows
    sheet = asked.chosen(
        asked.sheet(
            "月度进展汇总",
            COLUMNS,
            _rows(rows, before),
            paper=A3_ACROSS,
            count=f"与{month(before_on)}比" if before_on else "首期，无上期可比",
            fixed=2,
        )
    )
    lacking = missing.listed(asked)
    checks = [
        *by_light(tally(rows), sheet, "本期事项合计"),
        Group("与上期比"),
        *_changes(rows, before, sheet),
        Group("上期"),
        *_lights_before(rows, before, sheet),
        Group("未报送"),
        *missing.checks(asked, lacking),
    ]
    return [cover(asked, "月度进展汇总", checks), sheet, lacking]


def newest_day(plan: Plan, actor: Actor) -> date | None:
    """The newest 定稿: the sheet is of one period, with the names that units had then."""
    days = [each.data_as_of for each in periods_of(plan) if each.is_finalized]
    return max(days, default=None)


def previous_day(asked: Asked) -> date | None:
    """The 定稿 before the one shown."""
    days = [day for day in asked.finalized_days if asked.as_of is None or day < asked.as_of]
    return days[-1] if days else None


def _before(asked: Asked, day: date | None) -> dict[int, LedgerRow]:
    """Task id → the item as it stood then; none before the first 定稿."""
    if day is None or not asked.rows:
        return {}
    rows = load_rows(asked.plan, asked.actor, asked.today, with_filings=False, until=day)
    return {row.task.pk: row for row in rows}


def _rows(rows: Sequence[LedgerRow], before: dict[int, LedgerRow]) -> Iterable[Row]:
    for group in grouped(rows):
        heading = " / ".join(filter(None, (group.area, group.theme)))
        yield Group(f"{heading}（{len(group.rows)}项）")
        for row in group.rows:
            yield _row(row, before.get(row.task.pk))


def _row(row: LedgerRow, was: LedgerRow | None) -> list[Value | Cell]:
    now, then = row.frozen, was.frozen if was is not None else None
    return [
        row.task.number,
        full_width(row.task.text),
        primary_of(row),
        light_cell(_light(was)),
        light_cell(row.light),
        change_of(_light(was), row.light),
        share_cell(then.percent if then is not None else None),
        share_cell(now.percent if now is not None else None),
        share_cell(now.expected if now is not None else None),
        Cell(now.gap if now is not None else None, POINTS),
        row.digest,
        row.unit_reason,
        Cell(row.data_as_of, DATE),
        without_reason(row),
    ]


def _light(was: LedgerRow | None) -> str:
    return was.light if was is not None else "no_data"


def _changes(
    rows: Sequence[LedgerRow], before: dict[int, LedgerRow], sheet: Sheet
) -> Iterable[Check]:
    counted = Counter(change_of(_light(before.get(row.task.pk)), row.light) for row in rows)
    for word in CHANGES:
        yield equal_to(word, [word], counted[word], sheet.column_range("变化"))


def _lights_before(
    rows: Sequence[LedgerRow], before: dict[int, LedgerRow], sheet: Sheet
) -> Iterable[Check]:
    """The counts sentence of the period before, of the same items."""
    earlier = [before[row.task.pk] for row in rows if row.task.pk in before]
    return by_light(tally(earlier), sheet, "", column="上期状态") if earlier else []


WORKBOOK = Workbook(
    slug="monthly",
    title="月度进展汇总",
    about="本期与上期逐项对比，列出好转、变差的事项和未报送单位。",
    columns=COLUMNS,
    build=build,
    newest=newest_day,
)
