"""我的工作台: what a unit owes now by urgency, how it has filed, and the items it answers for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from progress.access import periods_of
from progress.lights import BEHIND, REACHED
from progress.models import ProgressReport, ReportVersion
from progress.owed import NOT_FILLED, OVERDUE, filing_state, on_time, with_versions
from reports.rows import LedgerRow, load_rows
from tasks.models import Cycle, Plan, ResponsibilityRole
from units.actors import Actor

LEADING = (ResponsibilityRole.LEAD, ResponsibilityRole.RESPONSIBLE)
# Most urgent first. What has left the unit is not owed any more.
ORDER = ("returned", OVERDUE, "signing", "draft", NOT_FILLED)
LIAISON_WORDS = {
    "returned": "退回",
    OVERDUE: "逾期",
    "signing": "待审签",
    "draft": "草稿",
    NOT_FILLED: "待填报",
}
BUTTONS = {
    "returned": "修改重报",
    OVERDUE: "补填报送",
    "signing": "查看",
    "draft": "继续填报",
    NOT_FILLED: "填报",
}
ICONS = {
    "returned": "corner-up-left",
    OVERDUE: "alert-triangle",
    "signing": "pencil-check",
    "draft": "edit",
    NOT_FILLED: "file-text",
}


@dataclass(frozen=True)
class ToDo:
    """One owed filing: why it stands here, until when, and the one button that leads on."""

    report: ProgressReport
    state: str
    word: str
    icon: str
    button: str
    why: str
    due_on: date
    days_left: int

    @property
    def is_urgent(self) -> bool:
        return self.state in ("returned", OVERDUE) or self.days_left < 0


@dataclass(frozen=True)
class Punctuality:
    """One period of a unit: how many filings were owed and how many left in time."""

    label: str
    owed: int
    punctual: int
    is_open: bool

    @property
    def percent(self) -> int:
        return round(100 * self.punctual / self.owed) if self.owed else 100

    @property
    def heat(self) -> int:
        """Class of the heat cell: 4 is best, 0 is still open (ui/design.md section 5)."""
        if self.is_open:
            return 0
        steps = ((100, 4), (90, 3), (75, 2))
        return next((heat for least, heat in steps if self.percent >= least), 1)


@dataclass(frozen=True)
class Desk:
    """Everything of the page, ready to print."""

    period_label: str
    due_on: date | None
    todo: list[ToDo]
    states: list[tuple[str, int]]
    owed: int
    left: int
    leads: list[LedgerRow]
    supports: list[LedgerRow]
    frozen: list[tuple[str, int]]
    frozen_label: str
    punctuality: list[Punctuality]
    counts: dict[str, int]

    @property
    def chips(self) -> list[tuple[str, str, int]]:
        """Kinds of what is owed, with counts: id, word, number."""
        found = Counter(item.state for item in self.todo)
        return [(state, LIAISON_WORDS[state], found[state]) for state in ORDER if found[state]]


def desk_of(plan: Plan, actor: Actor, today: date) -> Desk:
    """The desk of the actor's unit; the reports of the open periods are made on first read."""
    rows = load_rows(plan, actor, today)
    reports = _open_reports(plan, actor, today)
    todo = _todo(reports, actor, today)
    mine = {row.task.pk: _role(row, actor) for row in rows}
    leads = [row for row in rows if mine[row.task.pk] in LEADING]
    monthly = [report for report in reports if report.period.cycle == Cycle.MONTHLY] or reports
    counted = Counter(filing_state(report, today) for report in reports)
    return Desk(
        period_label="、".join(dict.fromkeys(report.period.label for report in monthly)),
        due_on=min((report.due_on for report in monthly), default=None),
        todo=todo,
        states=[(state, count) for state, count in counted.items() if count],
        owed=len(reports),
        left=sum(report.first_left_at is not None for report in reports),
        leads=leads,
        supports=[row for row in rows if mine[row.task.pk] == ResponsibilityRole.SUPPORT],
        frozen=_frozen(leads),
        frozen_label=_frozen_label(leads),
        punctuality=_punctuality(plan, actor, today),
        counts=_counts(leads, actor),
    )


def _open_reports(plan: Plan, actor: Actor, today: date) -> list[ProgressReport]:
    opened = [period for period in periods_of(plan) if period.opens_on <= today]
    collecting = [period for period in opened if not period.is_finalized]
    reports = ProgressReport.objects.of_unit(actor.unit).filter(period__in=collecting)
    return list(with_versions(reports).order_by("due_on", "pk"))


def _todo(reports: Sequence[ProgressReport], actor: Actor, today: date) -> list[ToDo]:
    """What waits for the actor's unit; a signer finds first what waits for the signature."""
    latest = _latest(reports)
    items = []
    for report in reports:
        state = filing_state(report, today)
        if state in ORDER:
            items.append(_item(report, state, latest.get(report.pk, []), today))
    order = ("signing", *ORDER) if actor.is_signer else ORDER
    return sorted(items, key=lambda item: (order.index(item.state), item.due_on))


def _latest(reports: Sequence[ProgressReport]) -> dict[int, list[ReportVersion]]:
    """Report → its versions, newest first."""
    found: dict[int, list[ReportVersion]] = {}
    for version in ReportVersion.objects.filter(report__in=reports).order_by("-number"):
        found.setdefault(version.report_id, []).append(version)
    return found


def _item(
    report: ProgressReport, state: str, versions: Sequence[ReportVersion], today: date
) -> ToDo:
    due_on = report.due_on
    if state == "returned" and report.return_due_on is not None:
        due_on = report.return_due_on
    return ToDo(
        report=report,
        state=state,
        word=LIAISON_WORDS[state],
        icon=ICONS[state],
        button=BUTTONS[state],
        why=_why(report, state, versions),
        due_on=due_on,
        days_left=(due_on - today).days,
    )


def _why(report: ProgressReport, state: str, versions: Sequence[ReportVersion]) -> str:
    label = f"{report.period.label}进展"
    returned = next((version for version in versions if version.return_reason), None)
    if state == "returned" and returned is not None:
        who = "督查室" if returned.signed_at else returned.decided_by_name
        return f"{who}退回：{returned.return_reason}"
    if state == "signing":
        return f"{label}已送审签，待本单位负责人审签"
    if versions and versions[0].edited_at is not None:
        return f"{label}草稿由{versions[0].edited_by_name}保存，尚未送审签"
    if report.is_main:
        return f"{label}待填报"
    return f"{label}待填报（{report.get_duty_display()}：请填本单位的指标和一段进展）"


def _role(row: LedgerRow, actor: Actor) -> str:
    held = [each.role for each in row.holders if each.unit_id == actor.unit_id]
    return str(held[0]) if held else ""


def _frozen(rows: Sequence[LedgerRow]) -> list[tuple[str, int]]:
    counted = Counter(row.light for row in rows if row.frozen is not None)
    return list(counted.items())


def _frozen_label(rows: Sequence[LedgerRow]) -> str:
    newest = max(
        (row.frozen.period for row in rows if row.frozen is not None),
        key=lambda period: (period.data_as_of, period.cycle == Cycle.MONTHLY),
        default=None,
    )
    return newest.label if newest is not None else ""


def _punctuality(plan: Plan, actor: Actor, today: date) -> list[Punctuality]:
    monthly = [period for period in periods_of(plan) if period.cycle == Cycle.MONTHLY]
    opened = [period for period in monthly if period.opens_on <= today]
    reports = ProgressReport.objects.of_unit(actor.unit).filter(period__in=opened)
    owed = dict(reports.values_list("period").annotate(Count("pk")).order_by())
    punctual = dict(
        on_time(reports.filter(first_left_at__isnull=False))
        .values_list("period")
        .annotate(Count("pk"))
        .order_by()
    )
    return [
        Punctuality(
            period.label,
            owed.get(period.pk, 0),
            punctual.get(period.pk, 0),
            is_open=not period.is_finalized,
        )
        for period in opened
        if owed.get(period.pk)
    ]


def _counts(leads: Sequence[LedgerRow], actor: Actor) -> dict[str, int]:
    """牵头, 首位牵头, 十件实事, 首位责任: as the desk's second line says them."""
    first = [row for row in leads if row.primary is not None and row.primary.pk == actor.unit_id]
    return {
        "leads": sum(not row.task.is_project for row in leads),
        "first_leads": sum(not row.task.is_project for row in first),
        "projects": sum(row.task.is_project for row in leads),
        "first_projects": sum(row.task.is_project for row in first),
        "reached": sum(row.light in REACHED for row in leads),
        "behind": sum(row.light in BEHIND for row in leads),
    }
