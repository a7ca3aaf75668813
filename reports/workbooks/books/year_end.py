"""年终对账: target against what was reported and verified, the outcome, and the evidence for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from huangshi_tasks.lib.text import full_width
from progress.board.at_finalizing import Accepted
from progress.board.numbers import IndicatorLine, Tables
from progress.closing.outcomes import OutcomeRow, outcomes_of
from progress.models import ClosureFigure, ClosureState, Evidence, EvidenceKind
from reports.excel.book import A3_ACROSS, Block, Column, Sheet
from reports.excel.cells import DATE, Cell, Value
from reports.ledger.frozen import readings_at_finalizing, tables_at_finalizing
from reports.ledger.rows import LedgerRow
from reports.stats.lights import tally
from reports.workbooks.asked import Asked
from reports.workbooks.books.carried import GOES_ON, carried_sheet
from reports.workbooks.books.projects import amount
from reports.workbooks.cover import Check, by_light, cover, equal_to
from reports.workbooks.described import (
    Workbook,
    light_cell,
    primary_of,
    share_cell,
    without_reason,
)

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
    Column("年终结果", 11, "center", stays=True),
    Column("销号日期", 15, "center"),
    Column("批准依据", 20),
    Column("佐证材料", 30),
    Column("备注", 18),
)
MERGED = frozenset({*range(4), *range(9, 15)})
UNDECIDED = "未认定"
GO_ON = frozenset(str(each.label) for each in GOES_ON)
NAMED = 5  # files named of an item; the rest is a number


@dataclass
class Proof:
    """What stands for the items at hand, by task id."""

    tables: dict[int, Tables] = field(default_factory=dict)
    readings: dict[int, list[Accepted]] = field(default_factory=dict)
    outcomes: dict[int, OutcomeRow] = field(default_factory=dict)
    checked: dict[tuple[int, int], Decimal | None] = field(default_factory=dict)
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
            count=f"共{len(rows)}项，已销号{_closed(rows, proof)}项",
            fixed=3,
        )
    )
    carried = carried_sheet(asked, rows, proof.outcomes, proof.tables)
    going_on = f"=COUNT({carried.column_range('序号')})"
    outcomes = [proof.outcomes[row.task.pk].label or UNDECIDED for row in rows]
    places = sheet.column_range("年终结果")
    checks: list[Check] = [
        *by_light(tally(rows), sheet, "事项合计"),
        *(
            equal_to(f"年终结果：{word}", [word], outcomes.count(word), places)
            for word in dict.fromkeys(sorted(outcomes, key=lambda word: word == UNDECIDED))
        ),
        Check("结转和持续推进（结转清单）", sum(word in GO_ON for word in outcomes), going_on),
    ]
    return [cover(asked, "年终对账", checks), sheet, carried]


def _closed(rows: Sequence[LedgerRow], proof: Proof) -> int:
    return sum(proof.outcomes[row.task.pk].closure is not None for row in rows)


def _proof(asked: Asked) -> Proof:
    """Six queries besides those of the figures; files only as far as the reader may see them."""
    rows = asked.rows
    if not rows:
        return Proof()
    tasks = [row.task.pk for row in rows]
    proof = Proof(tables_at_finalizing(rows), readings_at_finalizing(rows))
    # decided when the year is over, so by no day of data
    proof.outcomes = {each.task.pk: each for each in outcomes_of(asked.plan)}
    figures = ClosureFigure.objects.filter(
        closure__task__in=tasks, closure__state=ClosureState.CLOSED
    )
    for task_id, indicator_id, value in figures.values_list(
        "closure__task", "indicator", "verified"
    ):
        proof.checked[task_id, indicator_id] = value
    files = Evidence.objects.visible_to(asked.actor).filter(
        task__in=tasks, kind=EvidenceKind.EVIDENCE, withdrawn_at__isnull=True
    )
    for task_id, name in files.order_by("uploaded_at", "id").values_list("task_id", "name"):
        proof.files[task_id].append(name)
    return proof


def _item(row: LedgerRow, proof: Proof) -> Block:
    """A row for each number; what is said of the whole item stands once beside them."""
    said = proof.outcomes[row.task.pk]
    closure = said.closure
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
        said.label or UNDECIDED,
        Cell(closure.closed_on if closure is not None else None, DATE),
        str(closure.approval) if closure is not None and closure.approval is not None else "",
        _files(proof.files.get(row.task.pk, [])),
        "；".join(filter(None, (without_reason(row), _note(said)))),
    ]
    figures = [_figures(line, readings, proof) for line in lines] or [_in_words(row)]
    rows = [[*whole, *figures[0], *judged]]
    rows += [["", "", "", "", *each, *[""] * len(judged)] for each in figures[1:]]
    return Block(rows, MERGED)


def _figures(line: IndicatorLine, readings: Sequence[Accepted], proof: Proof) -> list[Value | Cell]:
    """The number as reported, and as the office or the check of the closure verified it."""
    unit = line.indicator.unit_of_measure
    reported, verified = _last(line, readings)
    task_id = line.indicator.task_id
    if verified is None and task_id is not None:
        verified = proof.checked.get((task_id, line.indicator.pk))
    return [
        full_width(line.indicator.name),
        amount(line.target, unit),
        amount(reported, unit),
        amount(verified, unit),
        share_cell(line.percent),
    ]


def _last(
    line: IndicatorLine, readings: Sequence[Accepted]
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


def _note(said: OutcomeRow) -> str:
    return said.said.note if said.said is not None and said.closure is None else ""


def _files(names: Sequence[str]) -> str:
    rest = len(names) - NAMED
    shown = "\n".join(names[:NAMED])
    return f"{shown}\n等{len(names)}份" if rest > 0 else shown


WORKBOOK = Workbook(
    slug="year-end",
    title="年终对账",
    about="目标、上报数、核定数、年终结果和佐证材料，供年底逐项对账；另附结转清单。",
    columns=COLUMNS,
    build=build,
)
