"""单位推进情况: the ranking of an edition, and every fact that its numbers count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from huangshi_tasks.lib import text
from huangshi_tasks.lib.text import full_width
from reports.excel.book import A4_ACROSS, Column, Group, Sheet
from reports.excel.cells import Cell, Value
from reports.models import Standing
from reports.standings.figures import Figures, UnitLine, counts_of, weights_in
from reports.standings.pages import Row, edition_for, newest_day, rows_of, shown_facts, weight_words
from reports.stats.facts import KINDS
from reports.workbooks.asked import Asked
from reports.workbooks.cover import Check, cover, equal_to
from reports.workbooks.described import SAMPLE, Workbook, numbered

NAME, DETAIL = "单位推进情况", "逐项依据"
DRAFT = "（草稿，未经批准不对外）"
SCORE = "0.00"
COLUMNS = (
    Column("序号", 6, "center"),
    Column("组别", 12),
    Column("名次", 8, "center"),
    Column("单位", 24),
    Column("牵头事项", 8, "center"),
    *(Column(word, 13, "center") for word in KINDS.values()),
    Column("扣分", 8, "center"),
    Column("得分", 9, "center"),
    Column("备注", 22),
)
FACT_COLUMNS = (
    Column("序号", 6, "center"),
    Column("单位", 22),
    Column("类别", 20),
    Column("编号", 18),
    Column("事项", 30),
    Column("填报期", 10, "center"),
    Column("依据", 40),
    Column("扣分", 8, "center"),
)


def build(asked: Asked) -> Sequence[Sheet]:
    edition = None if asked.is_too_early else edition_for(asked.plan, asked.actor, asked.day)
    figures: Figures | None = edition.figures if edition is not None else None
    rows = rows_of(figures, asked.actor) if figures is not None else []
    own = [row.line for row in rows if row.opens]
    facts = _facts(asked, own)
    table = asked.sheet(
        NAME,
        COLUMNS,
        numbered(_row(row, asked) for row in rows),
        paper=A4_ACROSS,
        count=f"{len(rows)}个单位",
        fixed=4,
    )
    detail = asked.sheet(DETAIL, FACT_COLUMNS, numbered(facts), paper=A4_ACROSS, fixed=2)
    first = cover(asked, NAME, _checks(rows, own, table, detail))
    if edition is None:
        said = asked.empty if asked.is_too_early or not asked.finalized_days else _nothing(asked)
        return [first, replace(table, empty=said), replace(detail, empty=said)]
    detail = replace(detail, empty="没有扣分的情况。")
    notes = _notes(edition)
    mark = "" if edition.approval is not None else DRAFT
    return [
        replace(sheet, title=f"{sheet.title}{mark}", notes=(*sheet.notes, *notes))
        for sheet in (first, table, detail)
    ]


def _nothing(asked: Asked) -> str:
    office = asked.actor.is_office
    return "这一期的单位推进情况尚未拟定。" if office else "没有已批准的单位推进情况。"


def _notes(edition: Standing) -> list[str]:
    figures: Figures = edition.figures
    weights = "，".join(
        f"{word}每项（次）扣{text.number(points)}分"
        for _, word, points in weight_words(weights_in(figures))
    )
    notes = [
        f"计分：{weights}；得分为100减去平均每个牵头（责任）事项的扣分。得分相同的名次相同。",
        f"计入已定稿各期：{'、'.join(figures['periods'])}。",
    ]
    approval = edition.approval
    if approval is not None:
        day = approval.decided_on
        on = f"{day.year}年{text.day(day)}"
        notes.append(f"{approval.decided_by}{on}批准，依据：{approval.authority}。")
    return notes


def _row(row: Row, asked: Asked) -> list[Value | Cell]:
    line = row.line
    remarks = [SAMPLE if asked.plan.is_sample else "", line["reason"]]
    return [
        line["group"] or "—",
        line["rank"] if line["rank"] is not None else "—",
        full_width(line["name"]),
        len(line["items"]),
        *(count for _, count in row.counts),
        Decimal(line["points"]),
        Cell(Decimal(line["score"]), SCORE) if line["score"] else "—",
        "；".join(filter(None, remarks)),
    ]


def _facts(asked: Asked, lines: Sequence[UnitLine]) -> list[list[Value | Cell]]:
    """Of a unit's people only their own, as on the page."""
    found: list[list[Value | Cell]] = []
    shown = shown_facts(asked.plan, lines, asked.actor)
    for line, kinds in zip(lines, shown, strict=True):
        for kind in kinds:
            found += [
                [
                    full_width(line["name"]),
                    kind.word,
                    fact.code,
                    full_width(fact.title),
                    fact.period,
                    full_width(fact.note),
                    kind.weight,
                ]
                for fact in kind.rows
            ]
    return found


def _checks(
    rows: Sequence[Row], own: Sequence[UnitLine], table: Sheet, detail: Sheet
) -> list[Check | Group]:
    lines = [row.line for row in rows]

    def summed(word: str) -> str:
        return f"=SUM({table.column_range(word)})"

    ranked = sum(line["rank"] is not None for line in lines)
    counts = {kind: sum(counts_of(line)[kind] for line in lines) for kind in KINDS}
    items = sum(len(line["items"]) for line in lines)
    points = sum((Decimal(line["points"]) for line in lines), Decimal(0))
    checks: list[Check | Group] = [
        Check("单位合计", len(lines), f"=COUNT({table.column_range('序号')})"),
        Check("其中：参加排名", ranked, f"=COUNT({table.column_range('名次')})"),
        Check("牵头（责任）事项", items, summed("牵头事项")),
        *(Check(word, counts[kind], summed(word)) for kind, word in KINDS.items()),
        Check("扣分合计", points, summed("扣分")),
        Group(DETAIL),
    ]
    costs = sum((Decimal(line["points"]) for line in own), Decimal(0))
    named = detail.column_range("类别")
    for kind, word in KINDS.items():
        listed = sum(counts_of(line)[kind] for line in own)
        checks.append(equal_to(f"{word}（逐项）", [word], listed, named))
    listed_points = f"=SUM({detail.column_range('扣分')})"
    return [*checks, Check("扣分（逐项）", costs, listed_points)]


WORKBOOK = Workbook(
    slug="standings",
    title=NAME,
    about="各单位按组排名、各类情况的项次、扣分和得分，及每一项扣分的依据。",
    columns=(),
    build=build,
    asks=("period",),
    newest=newest_day,
)
