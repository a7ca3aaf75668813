"""联络员交接: an appointment ends, a successor takes over; the open work stays with the unit.

Drafts, returned filings and requests belong to the unit's responsibility, not to the person, so
nothing is moved: the successor finds it on the desk from the first day, and is told what it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from progress.models import Adjustment, DecisionState, ProgressReport, ReportState
from progress.telling.notice import DECIDED, tell
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.models import Appointment, Role, User
from units.models.people import UNIT_ROLES
from units.permissions import ALLOWED, Verdict, denied, require

ONE_DAY = timedelta(days=1)
OPEN = (ReportState.DRAFT, ReportState.RETURNED, ReportState.SIGNING)
NOT_A_UNIT = "只办理联络员和单位负责人的交接。"
IS_OVER = "{held}的任职已终止，不能再交接。"
SAME = "接任人不能是本人。"
INACTIVE = "{user}的账号已停用，请先由系统管理员启用。"
TOO_EARLY = "最后一天不能早于任职起始日期。"
OWN = "不能给自己的账号设置任职，请由其他人员办理。"
APART = "{user}是系统管理员或审计员，不得兼任其他角色。"
TWO = "任职须由两人办理：联络员交接由督查室办理，其他任职在“人员”中提出。"
LIAISONS = "督查室只办理联络员的交接，单位负责人的交接由系统管理员办理。"


@dataclass(frozen=True)
class OpenWork:
    """What a unit has begun and not finished."""

    drafts: list[ProgressReport]
    returned: list[ProgressReport]
    signing: list[ProgressReport]
    requests: list[Adjustment]

    @property
    def in_words(self) -> str:
        """草稿2项、退回1项; empty when there is nothing."""
        counts = {
            "草稿": len(self.drafts),
            "退回待重报": len(self.returned),
            "待审签": len(self.signing),
            "已申请的调整": len(self.requests),
        }
        return "、".join(f"{name}{count}项" for name, count in counts.items() if count)


def can_hand_over(actor: Actor) -> Verdict:
    """Accounts are the administrator's; the office may also arrange for a unit's liaison."""
    if actor.is_admin and settings.TWO_PEOPLE == "all":
        return denied(TWO)
    if actor.is_admin or actor.is_office:
        return ALLOWED
    return denied("联络员交接由系统管理员或督查室办理。")


def can_hand_over_this(actor: Actor, held: Appointment) -> Verdict:
    """Who signs for a unit is not arranged by the office that receives what is signed."""
    if actor.is_office and held.role != Role.REPORTER:
        return denied(LIAISONS)
    return ALLOWED


def open_work_of(held: Appointment) -> OpenWork:
    """Of the unit of an appointment; two queries."""
    reports = ProgressReport.objects.filter(
        responsibility__unit=held.unit, state__in=OPEN, versions__isnull=False
    )
    related = reports.distinct().select_related(
        "period__plan", "responsibility__task__plan", "responsibility__unit"
    )
    found = list(related.order_by("due_on", "pk"))
    asked = Adjustment.objects.filter(unit=held.unit, state=DecisionState.REQUESTED)
    return OpenWork(
        [each for each in found if each.state == ReportState.DRAFT],
        [each for each in found if each.state == ReportState.RETURNED],
        [each for each in found if each.state == ReportState.SIGNING],
        list(asked.select_related("task__plan")),
    )


def hand_over(
    *, held: Appointment, successor: User, last_day: date, actor: Actor, now: datetime
) -> Appointment:
    """End `held` with `last_day`; `successor` holds the same from the next day on.

    Returns the successor's appointment. Raises `NotNow` with what stands in the way.
    """
    require(can_hand_over(actor))
    require(can_hand_over_this(actor, held))
    with transaction.atomic():
        locked = Appointment.objects.select_for_update(of=("self",)).get(pk=held.pk)
        _check(locked, successor, last_day)
        _check_person(successor, last_day, actor)
        before = locked.ends_on
        locked.ends_on = last_day
        locked.save(update_fields=["ends_on"])
        taken = _appointed(locked, successor, last_day + ONE_DAY)
        _tell(taken, open_work_of(locked), now)
        log.record(
            actor=actor,
            action="appointment.hand_over",
            subject=locked,
            summary=f"交接：{locked}由{locked.user}交{successor}",
            changes={"ends_on": [before, last_day], "successor": taken.pk},
            now=now,
        )
    return taken


def _check(held: Appointment, successor: User, last_day: date) -> None:
    if held.role not in UNIT_ROLES:
        raise NotNow(NOT_A_UNIT)
    if not held.is_not_over(last_day + ONE_DAY):
        raise NotNow(IS_OVER.format(held=held))
    if successor.pk == held.user.pk:
        raise NotNow(SAME)
    if not successor.is_active:
        raise NotNow(INACTIVE.format(user=successor))
    if last_day < held.starts_on:
        raise NotNow(TOO_EARLY)


def _check_person(successor: User, last_day: date, actor: Actor) -> None:
    """The rules of the administrator's own form hold here too (三权分立)."""
    if successor.pk == actor.user.pk:
        raise NotNow(OWN)
    apart = Appointment.objects.filter(user=successor, role__in=[Role.ADMIN, Role.AUDITOR])
    if apart.not_over(last_day + ONE_DAY).exists():
        raise NotNow(APART.format(user=successor))


def _appointed(held: Appointment, successor: User, day: date) -> Appointment:
    """The successor's own appointment; one that holds already is kept."""
    same = Appointment.objects.filter(user=successor, role=held.role, unit=held.unit)
    kept: Appointment | None = same.open_ended().first()
    if kept is not None:
        return kept
    return Appointment.objects.create(
        user=successor, role=held.role, unit=held.unit, is_head=held.is_head, starts_on=day
    )


def _tell(taken: Appointment, work: OpenWork, now: datetime) -> None:
    said = work.in_words
    text = f"您自{taken.starts_on:%Y-%m-%d}起接任{taken}。{f'待办：{said}。' if said else ''}"
    tell(
        {taken.user: taken.unit},
        f"appointment:{taken.pk}",
        f"taken:{now:%m%d%H%M%S}",
        text,
        reverse("reports:home"),
        now=now,
        urgency=DECIDED,
    )
