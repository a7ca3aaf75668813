"""及时率: unit by unit and period by period, how much of what was owed left in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from huangshi_tasks.lib.text import full_width
from progress.models import Period
from progress.periods.access import periods_of
from reports.excel.book import A3_ACROSS, Column, Sheet
from reports.excel.cells import Cell, Value
from reports.stats.filings import UnitRate, rates_of
from reports.stats.punctuality import Punctuality
from reports.workbooks.asked import Asked
from reports.workbooks.books.missing import scope_of
from reports.workbooks.cover import Check, cover
from reports.workbooks.described import SAMPLE, Workbook, numbered
from tasks.models import Cycle
from units.renaming.names import names_on

WHOLE = "0%"
HUNDRED = Decimal(100)
HEAT = {4: "ok", 3: "ok", 2: "warn", 1: "late"}  # classes of the heat map on the desk
BEFORE = (Column("序号", 6, "center", stays=True), Column("单位", 22, stays=True))
COUNTED = ("应报", "按时", "迟报", "未报")
AFTER = (
    *(Column(word, 9, "center", stays=True) for word in COUNTED),
    Column("及时率", 10, "center"),
    Column("备注", 14),
)


def build(asked: Asked) -> Sequence[Sheet]:
    periods = _periods(asked)
    rates = rates_of(asked.plan, periods, scope_of(asked)) if periods else []
    names = names_on(periods[-1].data_as_of) if periods else {}
    columns = (
        *BEFORE,
        *(Column(period.label, 10, "center", stays=True) for period in periods),
        *AFTER,
    )
    remark = SAMPLE if asked.plan.is_sample else ""
    sheet = asked.sheet(
        "及时率",
        columns,
        numbered(_row(rate, periods, names, remark) for rate in rates),
        paper=A3_ACROSS,
        count=f"{len(rates)}个单位，{len(periods)}期",
        fixed=2,
    )
    return [cover(asked, "及时率", _checks(rates, sheet)), asked.chosen(sheet)]


def _periods(asked: Asked) -> list[Period]:
    """All 定稿 up to the one asked for: what is open may still come in time."""
    days = set() if asked.is_too_early else set(asked.finalized_days)
    found = [p for p in periods_of(asked.plan) if p.is_finalized and p.data_as_of in days]
    return sorted(found, key=lambda period: (period.data_as_of, Cycle.values.index(period.cycle)))


def _row(
    rate: UnitRate, periods: Sequence[Period], names: Mapping[int, str], remark: str
) -> list[Value | Cell]:
    return [
        full_width(names.get(rate.unit.pk, rate.unit.name)),
        *(_cell(rate.by_period.get(period.pk)) for period in periods),
        rate.owed,
        rate.punctual,
        rate.late,
        rate.missing,
        Cell(Decimal(100 * rate.punctual // rate.owed) / HUNDRED, WHOLE),
        remark,
    ]


def _cell(each: Punctuality | None) -> Value | Cell:
    """The whole percent of the desk's heat map; — where nothing was owed."""
    if each is None:
        return "—"
    return Cell(Decimal(each.percent) / HUNDRED, WHOLE, HEAT[each.heat])


def _checks(rates: Sequence[UnitRate], sheet: Sheet) -> list[Check]:
    counts = {
        "应报": sum(rate.owed for rate in rates),
        "按时": sum(rate.punctual for rate in rates),
        "迟报": sum(rate.late for rate in rates),
        "未报": sum(rate.missing for rate in rates),
    }
    checks = [
        Check(f"{word}（项次）", count, f"=SUM({sheet.column_range(word)})")
        for word, count in counts.items()
    ]
    owed, punctual = (sheet.column_range(word) for word in ("应报", "按时"))
    if counts["应报"]:
        whole = Decimal(100 * counts["按时"] // counts["应报"]) / HUNDRED
        formula = f"=INT(100*SUM({punctual})/SUM({owed}))/100"
        checks.append(Check("及时率（只舍不入）", whole, formula, WHOLE))
    return checks


WORKBOOK = Workbook(
    slug="rates",
    title="及时率",
    about="各单位逐期按时报送的比例，及应报、按时、迟报、未报的项次。",
    columns=(),
    build=build,
)
