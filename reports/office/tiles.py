"""Every number of the 督查室 page by name, with the rows that it counts; `manage.py explain`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from progress.models import ReportState
from reports.frame.waiting import waiting_sets
from reports.office.page import Number, OfficePage, office_page
from reports.stats.filing_lines import UNREPORTED, FilingLine, Wanted, filing_lines
from tasks.models import Plan
from tasks.naming.desk import OPEN, ORDER, WORDS, DeskRow, desk_rows, wanted
from units.face.marks import label_of
from units.models.units import GroupMode

WAITING = {
    "matters": "在办交办事项",
    "matters_overdue": "逾期的交办事项",
    "orders": "在办督办单",
    "orders_overdue": "逾期的督办单",
    "adjustments": "待登记的调整",
    "closures": "待核查的办结销号",
    "visits": "在办核查",
    "coordination": "待处理的需协调问题",
    "receipts": "还有事项未签收的单位",
    "plans": "待审核的办理方案",
}
MEASURES = {
    **dict.fromkeys(("matters", "matters_overdue", "orders", "orders_overdue"), "件"),
    "coordination": "件",
    "receipts": "个",
    "plans": "份",
}


@dataclass(frozen=True)
class OfficeTile:
    """`wanted` lists the rows on 报送明细, None where another page lists them."""

    name: str
    title: str
    count: int
    rows: Callable[[], list[str]]
    wanted: Wanted | None = None
    measure: str = "项"


def office_tiles(plan: Plan, now: datetime) -> list[OfficeTile]:
    """Names are stable: ``office-owed``, ``office-state-draft``, ``office-unit-14-draft``."""
    page = office_page(plan, now)
    lines = filing_lines(plan, now)
    filings = [_of_filings(name, title, each, lines) for name, title, each in _numbers(page)]
    return [*filings, *_waiting(plan, now), *_namings(plan, now), _quiet(page)]


def _numbers(page: OfficePage) -> Iterable[tuple[str, str, Number]]:
    """The numbers of filings: name, title, count and conditions."""
    absent = Wanted(state=UNREPORTED, open="1")
    unreported = Number("unreported", "未报送", page.unreported_count, absent)
    waiting = Number("waiting", "审核在手", page.waiting, Wanted(state=ReportState.REVIEWING))
    for each in (page.owed, page.left, unreported, waiting):
        yield each.name, each.word, each
    for each in (*page.states, *page.waits, *page.findings):
        yield each.name, each.word, each
    for unit in page.units:
        for each in (unit.whole, *unit.states):
            yield each.name, f"{unit.name}{each.word}", each
    for row in page.heat.rows:
        pk, name = row.unit.pk, str(row.unit)
        yield f"office-late-{pk}", f"{name}未按时报送", Number("", "", row.late, row.unpunctual)
        for cell in row.cells:
            if (held := cell.punctuality) is not None:
                owed = Number("", "", held.owed, cell.wanted)
                yield f"office-heat-{pk}-{cell.wanted.day}", f"{name}{cell.wanted.day}应报", owed


def _of_filings(name: str, title: str, number: Number, lines: Sequence[FilingLine]) -> OfficeTile:
    wanted = number.wanted
    return OfficeTile(
        name,
        title,
        number.count,
        lambda: [_filing(line) for line in wanted.of(lines)],
        wanted,
        "份",
    )


def _filing(line: FilingLine) -> str:
    report = line.report
    task = report.task
    words = (
        report.unit_name,
        task.code,
        task.short_title,
        report.period.label,
        label_of(line.state),
    )
    return "\t".join(words)


def _waiting(plan: Plan, now: datetime) -> Iterable[OfficeTile]:
    for name, rows in waiting_sets(plan, now.date()).items():
        yield _of_rows(
            f"office-{name.replace('_', '-')}",
            WAITING[name],
            list(rows.distinct()),
            MEASURES.get(name, "项"),
        )


def _namings(plan: Plan, now: datetime) -> Iterable[OfficeTile]:
    """Designations by state, and of those open the 相关…."""
    rows = desk_rows(plan, now.date())
    for state in ORDER:
        those = [row for row in rows if row.state == state]
        yield _of_rows(f"office-naming-{state}", f"单位责任{WORDS[state]}", _printed(those), "处")
    relevant = wanted(rows, state=OPEN, mode=GroupMode.RELEVANT)
    yield _of_rows("office-relevant", "“相关”单位待明确", _printed(relevant), "处")


def _printed(rows: Sequence[DeskRow]) -> list[str]:
    found = [row.designation for row in rows]
    return [f"{each.task.code}\t{each.task.short_title}\t{each.printed}" for each in found]


def _quiet(page: OfficePage) -> OfficeTile:
    return _of_rows("office-quiet", "尚无联系人使用", [each.unit for each in page.quiet], "个")


def _of_rows(name: str, title: str, rows: Sequence[Any], measure: str) -> OfficeTile:
    return OfficeTile(name, title, len(rows), lambda: [str(row) for row in rows], None, measure)
