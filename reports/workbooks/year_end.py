"""年终对账: target against what was reported and verified, the outcome, and the evidence for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from huangshi_tasks.lib.text import full_width
from progress.models import Closure, ClosureState, Evidence, EvidenceKind, Reading
from reports.cells import DATE, Cell, Value
from reports.excel import A3_ACROSS, Block, Column, Sheet
from reports.frozen import readings_at_finalizing, tables_at_finalizing
from reports.lines import IndicatorLine, Tables
from reports.rows import LedgerRow
from reports.stats import tally
from reports.workbooks.asked import Asked
from reports.workbooks.cover import Check, by_light, cover, equal_to
from reports.workbooks.described import (
    Workbook,
    light_cell,
    primary_of,
    share_cell,
    without_reason,
)
from reports.workbooks.projects import amount

COLUMNS = (
    Column("序号", 6, "center", stays=True),
    Column("编号", 14),
    Column("任务内容", 42, stays=True),
    Column("汇总牵头单位", 15),
    Column("指标", 22),
    Column("年度目标", 14, "center"),
    Column("上报完成", 14, "center"),
    Column("核定数", 14, "center"),
    Column("完成率", 10, "center"),
    Column("状态", 10, "center", stays=True),
    Column("办结结果", 11, "center", stays=True),
    Column("销号日期", 15, "center"),
    Column("批准依据", 20),
    Column("佐证材料", 30),
    Column("备注", 18),
)
MERGED = frozenset({*range(4), *range(9, 15)})
NOT_CLOSED = "未销号"
NAMED = 5  # files named of an item; the rest is a number


@dataclass
class Proof:
    """What stands for the items at hand, by task id."""

    tables: dict[int, Tables] = field(default_factory=dict)
    readings: dict[int, list[Reading]] = field(default_factory=dict)
    closures: dict[int, Closure] = field(default_factory=dict)
    files: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))


def build(asked: Asked) -> Sequence[Sheet]:
    proof = _proof(asked)
    rows = asked.rows
    sheet = asked.chosen(
        asked.sheet(
            "年终对账",
            COLUMNS,
            [_item(row, proof) for row in rows],
            paper=A3_ACROSS,
            count=f"共{len(rows)}项，已销号{len(proof.closures)}项",
            fixed=3,
        )
    )
    outcomes = [_outcome(proof.closures.get(row.task.pk)) for row in rows]
    places = sheet.column_range("办结结果")
    checks: list[Check] = [
        *by_light(tally(rows), sheet, "事项合计"),
        *(
            equal_to(f"办结结果：{word}", [word], outcomes.count(word), places)
            for word in dict.fromkeys(sorted(outcomes, key=lambda word: word == NOT_CLOSED))
        ),
    ]
    return [cover(asked, "年终对账", checks), sheet]


def _proof(asked: Asked) -> Proof:
    """Four queries besides those of the figures; files only as far as the reader may see them."""
    rows = asked.rows
    if not rows:
        return Proof()
    tasks = [row.task for row in rows]
    proof = Proof(tables_at_finalizing(rows, asked.today), readings_at_finalizing(rows))
    closures = Closure.objects.filter(task__in=tasks, state=ClosureState.CLOSED)
    for closure in closures.select_related("approval").order_by("claimed_at"):
        if asked.day is None or _closed_by(closure, asked.day):
            proof.closures[closure.task_id] = closure
    files = Evidence.objects.visible_to(asked.actor).filter(
        task__in=tasks, kind=EvidenceKind.EVIDENCE, withdrawn_at__isnull=True
    )
    for task_id, name in files.order_by("uploaded_at", "id").values_list("task_id", "name"):
        proof.files[task_id].append(name)
    return proof


def _closed_by(closure: Closure, day: date) -> bool:
    return closure.closed_on is not None and closure.closed_on <= day


def _item(row: LedgerRow, proof: Proof) -> Block:
    """A row for each number; what is said of the whole item stands once beside them."""
    closure = proof.closures.get(row.task.pk)
    lines = proof.tables[row.task.pk].lines
    readings = proof.readings.get(row.task.pk, [])
    whole: list[Value | Cell] = [
        row.task.number,
        row.task.code,
        full_width(row.task.text),
        primary_of(row),
    ]
    judged: list[Value | Cell] = [
        light_cell(row.light),
        _outcome(closure),
        Cell(closure.closed_on if closure is not None else None, DATE),
        str(closure.approval) if closure is not None and closure.approval is not None else "",
        _files(proof.files.get(row.task.pk, [])),
        without_reason(row),
    ]
    figures = [_figures(line, readings) for line in lines] or [_in_words(row)]
    rows = [[*whole, *figures[0], *judged]]
    rows += [["", "", "", "", *each, *[""] * len(judged)] for each in figures[1:]]
    return Block(rows, MERGED)


def _figures(line: IndicatorLine, readings: Sequence[Reading]) -> list[Value | Cell]:
    """The number as reported, and as verified where that differs or was said."""
    unit = line.indicator.unit_of_measure
    reported, verified = _last(line, readings)
    return [
        full_width(line.indicator.name),
        amount(line.target, unit),
        amount(reported, unit),
        amount(verified, unit),
        share_cell(line.percent),
    ]


def _last(
    line: IndicatorLine, readings: Sequence[Reading]
) -> tuple[Decimal | None, Decimal | None]:
    """Reported and verified value of the city's newest figure; a sum of parts is only reported."""
    own = [
        each
        for each in readings
        if each.indicator_id == line.indicator.pk
        and each.unit_id is None
        and each.effective is not None
    ]
    return (own[-1].value, own[-1].verified) if own else (line.actual, None)


def _in_words(row: LedgerRow) -> list[Value | Cell]:
    percent = row.frozen.percent if row.frozen is not None else None
    return [row.task.get_tracking_display(), "", "", "", share_cell(percent)]


def _outcome(closure: Closure | None) -> str:
    return closure.get_outcome_display() if closure is not None else NOT_CLOSED


def _files(names: Sequence[str]) -> str:
    rest = len(names) - NAMED
    shown = "\n".join(names[:NAMED])
    return f"{shown}\n等{len(names)}份" if rest > 0 else shown


WORKBOOK = Workbook(
    slug="year-end",
    title="年终对账",
    about="目标、上报数、核定数、办结结果和佐证材料，供年底逐项对账。",
    columns=COLUMNS,
    build=build,
)
