"""The machine's reminders: from what is owed and unfiled to rows of the ledger.

`plan_reminders` may run any number of times and on any later day: a row is unique by subject, rung
and recipient, a missed day is caught up, and of several rungs caught up at once only the newest is
sent, the older ones are kept as skipped with the reason. Sending is `progress.outbox`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.urls import reverse

from huangshi_tasks.lib import text
from huangshi_tasks.lib.workdays import is_workday, workdays_between
from progress import ladder
from progress.ladder import DueRung
from progress.models import (
    Period,
    PeriodState,
    ProgressReport,
    Reminder,
    ReminderState,
    ReportState,
)
from progress.owed import owed
from tasks.models import PlanState
from units.models import Appointment, Role, Unit, User

UNFILED = (ReportState.DRAFT, ReportState.RETURNED, ReportState.SIGNING)
REPLACED = "已由之后的提醒代替"

# unit id → role → the people who hold it today
Recipients = dict[int | None, dict[str, list[User]]]


def plan_reminders(*, now: datetime) -> int:
    """Add the rows that are due by now and not in the ledger yet; returns how many.

    Nothing is due on a day that is not worked.
    """
    today = now.date()
    if not is_workday(today):
        return 0
    recipients = _recipients(today)
    rows: list[Reminder] = []
    open_periods = Period.objects.filter(
        plan__state=PlanState.ACTIVE, state=PeriodState.COLLECTING
    ).opened(today)
    for period in open_periods.select_related("plan"):
        unfiled = _unfiled(period)
        for report in unfiled:
            rows += _rows_of(report, recipients, today)
        rows += _rows_for_office(period, unfiled, recipients, today)
    return _add(rows)


def _unfiled(period: Period) -> list[ProgressReport]:
    """What has not left its unit. What the office returned has its own deadline, not this one."""
    rows = owed(period).filter(state__in=UNFILED, first_left_at=None)
    return list(rows)


def _rows_of(report: ProgressReport, recipients: Recipients, today: date) -> list[Reminder]:
    rungs = ladder.rungs_of(report.period.opens_on, report.due_on)
    due = [each for each in ladder.reached(rungs, today) if ladder.OFFICE not in each.rung.tells]
    people = recipients[report.unit.pk]
    rows = []
    for each in due:
        for role in each.rung.tells:
            rows += [_row(report, each, person, today) for person in people[role]]
    return _only_newest(rows)


def _row(report: ProgressReport, due: DueRung, person: User, today: date) -> Reminder:
    plan = report.task.plan  # loaded with the report, unlike that of its period
    return Reminder(
        subject=f"report:{report.pk}",
        rung=due.rung.name,
        recipient=person,
        unit=report.unit,
        report=report,
        due_on=due.day,
        urgency=due.rung.urgency,
        text=f"{report.task}：{report.period.label}进展{_how_urgent(report.due_on, today)}",
        link=reverse("progress:report", args=[plan.slug, report.pk]),
    )


def _how_urgent(due_on: date, today: date) -> str:
    left = workdays_between(today, due_on)
    if due_on < today:
        return f"未按时报送（{text.day(due_on)}截止），请尽快报送。"
    if due_on == today:
        return "今天24时截止，尚未报送。"
    return f"{text.day(due_on)}24时截止，还剩{left}个工作日，尚未报送。"


def _rows_for_office(
    period: Period, unfiled: Sequence[ProgressReport], recipients: Recipients, today: date
) -> list[Reminder]:
    """+2: one line for the office, with whom to telephone; the ladder ends here."""
    rungs = ladder.reached(ladder.rungs_of(period.opens_on, period.due_on), today)
    due = [each for each in rungs if ladder.OFFICE in each.rung.tells]
    late = [report for report in unfiled if report.due_on < today]
    if not due or not late:
        return []
    units = {report.unit.name for report in late}
    sentence = f"{period.label}进展仍有{len(units)}个单位{len(late)}项未报送，请电话催报。"
    return [
        Reminder(
            subject=f"period:{period.pk}",
            rung=each.rung.name,
            recipient=person,
            due_on=each.day,
            urgency=each.rung.urgency,
            text=sentence,
            link=reverse("progress:period", args=[period.plan.slug, period.pk]),
        )
        for each in due
        for person in recipients[None][ladder.OFFICE]
    ]


def _only_newest(rows: Iterable[Reminder]) -> list[Reminder]:
    """Per person, one reminder of a filing at a time: older rungs caught up are skipped."""
    by_person: dict[int, list[Reminder]] = defaultdict(list)
    for row in rows:
        by_person[row.recipient_id].append(row)
    for theirs in by_person.values():
        for older in theirs[:-1]:
            older.state, older.reason = ReminderState.SKIPPED, REPLACED
    return [row for theirs in by_person.values() for row in theirs]


def _add(rows: Sequence[Reminder]) -> int:
    """Write what the ledger does not hold yet. Two runs at once: the constraint decides."""
    held = set(
        Reminder.objects.filter(subject__in={row.subject for row in rows}).values_list(
            "subject", "rung", "recipient_id"
        )
    )
    new = [row for row in rows if (row.subject, row.rung, row.recipient_id) not in held]
    Reminder.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _recipients(day: date) -> Recipients:
    """Who is told for which unit on `day`; the office stands under None."""
    found: Recipients = defaultdict(lambda: defaultdict(list))
    roles = (Role.REPORTER, Role.SIGNER, Role.OFFICE)
    appointments = Appointment.objects.on(day).filter(role__in=roles, user__is_active=True)
    for appointment in appointments.select_related("user").order_by("pk"):
        key = None if appointment.role == Role.OFFICE else appointment.unit_id
        found[key][str(appointment.role)].append(appointment.user)
    return found


def people_of(unit: Unit, day: date, roles: Iterable[Role]) -> list[User]:
    """Who holds one of `roles` for `unit` on `day`."""
    held = Appointment.objects.on(day).filter(unit=unit, role__in=list(roles))
    return list(User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("pk"))
