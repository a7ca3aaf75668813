"""What is told at once of decisions: a request answered, a claim decided, dates moved for all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from huangshi_tasks.lib import text as words
from progress.models import Adjustment, Closure, Period, Reminder, SiteVisit
from progress.owed import owed
from progress.reminders import fitted
from progress.reminding.recipients import people_of
from tasks.models import Responsibility, Task
from units.models import Appointment, Role, Unit

UNIT_PEOPLE = (Role.REPORTER, Role.SIGNER)
URGENCY = 5


def tell_adjusted(adjustment: Adjustment, outcome: str, answer: str, now: datetime) -> None:
    """Tell who asked, who leads, and of 责任调整 everybody who leads from then on."""
    units = _leads(adjustment.task, now)
    if adjustment.unit is not None:
        units.append(adjustment.unit)
    text = f"{adjustment.task}：{adjustment.get_kind_display()}{outcome}。{answer}"
    link = reverse("progress:adjustment", args=[adjustment.task.plan.slug, adjustment.pk])
    rung = f"{adjustment.state}:{now:%m%d%H%M%S}"
    _tell(f"adjustment:{adjustment.pk}", rung, text, link, units, now)


def tell_asked(asked: Adjustment | Closure, now: datetime) -> None:
    """Tell the office that a unit asks for something."""
    slug = asked.task.plan.slug
    if isinstance(asked, Adjustment):
        subject, address = f"adjustment:{asked.pk}", "progress:adjustment"
        text = f"{asked.task}：{asked.requested_by_name}申请{asked.get_kind_display()}，请办理。"
    else:
        subject, address = f"closure:{asked.pk}", "progress:closure"
        text = f"{asked.task}：{asked.claimed_by_name}申请办结，请核查。"
    held = Appointment.objects.on(now.date()).filter(role=Role.OFFICE, user__is_active=True)
    Reminder.objects.bulk_create(
        Reminder(
            subject=subject,
            rung="asked",
            recipient_id=person,
            due_on=now.date(),
            urgency=URGENCY,
            is_immediate=True,
            text=fitted(text),
            link=reverse(address, args=[slug, asked.pk]),
        )
        for person in sorted(set(held.values_list("user_id", flat=True)))
    )


def tell_closure(closure: Closure, outcome: str, answer: str, now: datetime) -> None:
    """Tell the leads what became of the claim."""
    text = f"{closure.task}：{outcome}。{answer}"
    link = reverse("progress:closure", args=[closure.task.plan.slug, closure.pk])
    rung = f"{closure.state}:{now:%m%d%H%M%S}"
    _tell(f"closure:{closure.pk}", rung, text, link, _leads(closure.task, now), now)


def tell_visited(visit: SiteVisit, now: datetime) -> None:
    """Tell the leads what a 核查 found: at once where something is to be mended, else when it is
    closed.
    """
    found = f"{visit.get_kind_display()}结论为{visit.get_finding_display()}"
    if visit.closed_at is not None:
        rung = "closed"
        mended = "，整改情况已登记" if visit.mended_on else ""
        text = f"{visit.task}：核查已完成，{found}{mended}。{visit.text}"
    else:
        assert visit.mend_by is not None
        rung = "mend"
        text = f"{visit.task}：{found}，请于{words.day(visit.mend_by)}前完成整改。{visit.text}"
    link = reverse("progress:visit", args=[visit.task.plan.slug, visit.pk])
    _tell(f"visit:{visit.pk}", rung, text, link, _leads(visit.task, now), now)


def tell_dates(period: Period, now: datetime) -> None:
    """Tell every unit that owes something in the period that its dates were moved."""
    units = {report.unit.pk: report.unit for report in owed(period)}
    text = f"{period.label}进展报送日期已调整。{period.note}"
    link = reverse("reports:home")
    _tell(f"period:{period.pk}", f"dates:{now:%m%d%H%M%S}", text, link, units.values(), now)


def _leads(task: Task, now: datetime) -> list[Unit]:
    held = Responsibility.objects.filter(task=task, ends_on=None).exclude(role="support")
    return [row.unit for row in held.select_related("unit")]


def _tell(
    subject: str, rung: str, text: str, link: str, units: Iterable[Unit], now: datetime
) -> None:
    people = {
        person.pk: (person, unit)
        for unit in units
        for person in people_of(unit, now.date(), UNIT_PEOPLE)
    }
    Reminder.objects.bulk_create(
        Reminder(
            subject=subject,
            rung=rung,
            recipient=person,
            unit=unit,
            due_on=now.date(),
            urgency=URGENCY,
            is_immediate=True,
            text=fitted(text),
            link=link,
        )
        for person, unit in people.values()
    )
