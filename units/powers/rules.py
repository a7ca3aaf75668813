"""When two people are needed, and who may be the second."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from units.actors import Actor
from units.models import Appointment, PowerRequest, Role, User
from units.permissions import ALLOWED, Verdict, can_administer, denied

# who runs the office, keeps accounts, reads the log; and who sees more than one unit, or a puppet
# appointed reader would show an administrator the whole year
POWERS = frozenset({Role.OFFICE, Role.ADMIN, Role.AUDITOR, Role.LEADER, Role.OBSERVER})
ALL = "all"
OWN_REQUEST = "您是提出人，不能确认。"
ABOUT_YOU = "涉及您本人，须由另一人确认。"
NOT_YOURS = "待确认事项由系统管理员或审计员办理。"
NOT_ASKED_BY_YOU = "只有提出人可以撤回。"


def watched() -> frozenset[Role]:
    """The roles of which two people decide: TWO_PEOPLE widens them to all."""
    return frozenset(Role) if settings.TWO_PEOPLE == ALL else POWERS


def holds_power(user: User, day: date) -> bool:
    """Whether `user` has such a role, or will."""
    held = Appointment.objects.not_over(day).filter(user=user, role__in=watched())
    return bool(held.exists())


def has_auditor() -> bool:
    """Whether anybody was ever appointed auditor: from then on one person alone decides nothing."""
    return Appointment.objects.filter(role=Role.AUDITOR).exists()


def can_see(actor: Actor) -> Verdict:
    return ALLOWED if actor.is_admin or actor.is_auditor else denied(NOT_YOURS)


def can_ask(actor: Actor) -> Verdict:
    return can_administer(actor)


def can_confirm(actor: Actor, asked: PowerRequest) -> Verdict:
    """An auditor or another administrator; never who asked, nor whom it is about."""
    if not (seen := can_see(actor)):
        return seen
    if actor.user.pk == asked.asked_by_id:
        return denied(OWN_REQUEST)
    return denied(ABOUT_YOU) if actor.user.pk == asked.user_id else ALLOWED


def can_withdraw(actor: Actor, asked: PowerRequest) -> Verdict:
    return ALLOWED if actor.user.pk == asked.asked_by_id else denied(NOT_ASKED_BY_YOU)
