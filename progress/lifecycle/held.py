"""通过 by one key or click is held: stored, and carried out after `HOLD` as the ordinary transition
by that person, or at the person's next act on another report, whichever comes first.

Until then it can be taken back, and the report is `reviewing` for everybody. What no longer holds
when its time comes (the report was returned, the person's appointment is over) is dropped, and the
person is told. Two clocks as in `reminding.run`: `now` of the business, `at` of real time.
"""

from __future__ import annotations

import logging
from datetime import datetime
from decimal import Decimal

from django.db import OperationalError, transaction

from progress.lifecycle import by_office
from progress.lifecycle.by_office import Given, Verified, acceptable
from progress.lifecycle.notices import tell_not_accepted
from progress.lifecycle.workflow import REPORTS
from progress.models import HeldAcceptance, Period, ProgressReport
from progress.models.held import HOLD, HeldQuerySet
from units.actors import Actor
from units.errors import NotNow, Refused

problems = logging.getLogger(__name__)

BY_ANOTHER = "{name}已选择通过{report}，正在办理；需要退回的，请点“退回”。"
OVER = "您的任职已经终止。"
FAULT = "系统没有办理成功，请重新审核。"
RELATED = (
    "report__period__plan",
    "report__responsibility__task",
    "report__responsibility__unit",
    "version",
    "held_by",
    "appointment__unit",
    "appointment__user",
)


@transaction.atomic
def hold(
    *,
    report: ProgressReport,
    actor: Actor,
    now: datetime,
    at: datetime,
    digest: str = "",
    next_digest: str = "",
    verified: Verified | None = None,
    override_light: str = "",
    override_reason: str = "",
    seen: str = "",
) -> HeldAcceptance:
    """通过, with what `by_office.accept` takes; refused now for whatever would refuse it then.

    Who presses again replaces what they held. Raises `NotNow` when another holds it.
    """
    locked = REPORTS.lock(report)
    other = HeldAcceptance.objects.filter(report=locked).exclude(held_by=actor.user).first()
    if other is not None:
        raise NotNow(BY_ANOTHER.format(name=other.held_by_name, report=report))
    given = {
        "digest": digest,
        "next_digest": next_digest,
        "override_light": override_light,
        "override_reason": override_reason,
    }
    asked = Given(verified or {}, override_light, override_reason, seen)
    version = acceptable(locked, actor, asked)
    HeldAcceptance.objects.filter(report=locked).delete()
    return HeldAcceptance.objects.create(
        **given,
        report=locked,
        version=version,
        held_by=actor.user,
        held_by_name=actor.name,
        appointment=actor.appointment,
        held_at=now,
        due_at=at + HOLD,
        verified={pk: [str(value), why] for pk, (value, why) in (verified or {}).items()},
    )


def take_back(*, report: ProgressReport, actor: Actor) -> HeldAcceptance | None:
    """撤销, by who held it: what it held, for the page; None when it was carried out already."""
    with transaction.atomic():
        _lock(report.pk)
        held = HeldAcceptance.objects.filter(report=report, held_by=actor.user).first()
        if held is not None:
            HeldAcceptance.objects.filter(pk=held.pk).delete()
    return held


def carry_out_due(*, now: datetime, at: datetime) -> int:
    """Those whose time is over; how many there were."""
    return carry_out(HeldAcceptance.objects.due(at), now)


def carry_out_of(actor: Actor, now: datetime, *, but: ProgressReport | None = None) -> int:
    """What the person holds, for they go on to another report."""
    own = HeldAcceptance.objects.filter(held_by=actor.user)
    return carry_out(own if but is None else own.exclude(report=but), now)


def carry_out(rows: HeldQuerySet, now: datetime) -> int:
    """Each by itself: one that goes wrong costs only itself. How many there were."""
    found = list(rows.values_list("pk", flat=True))
    for pk in found:
        _carry_out_one(pk, now)
    return len(found)


def _carry_out_one(pk: int, now: datetime) -> None:
    try:
        _accept(pk, now)
    except (NotNow, Refused) as reason:
        _drop(pk, str(reason), now)
    except OperationalError:  # the database is busy or away: at the next turn
        problems.exception("The held acceptance %s waits for the next turn", pk)
    except Exception:
        problems.exception("The held acceptance %s could not be carried out", pk)
        _drop(pk, FAULT, now)


@transaction.atomic
def _accept(pk: int, now: datetime) -> None:
    """The ordinary transition by that person; nothing when another process was faster."""
    held = _locked(pk)
    if held is None:
        return
    person, appointment = held.held_by, held.appointment
    if not person.is_active or not appointment.holds_on(now.date()):
        raise Refused(OVER)
    by_office.accept(
        report=held.report,
        actor=Actor(person, appointment),
        now=now,
        digest=held.digest,
        next_digest=held.next_digest,
        verified={int(key): (Decimal(figure), why) for key, (figure, why) in held.verified.items()},
        override_light=held.override_light,
        override_reason=held.override_reason,
        seen=str(held.version_id),
    )


@transaction.atomic
def _drop(pk: int, why: str, now: datetime) -> None:
    held = _locked(pk)
    if held is not None:
        HeldAcceptance.objects.filter(pk=pk).delete()
        tell_not_accepted(held, why, now)


def _locked(pk: int) -> HeldAcceptance | None:
    """The row under the lock of its report, which is the one lock of everything held; None when it
    is gone.
    """
    rows = HeldAcceptance.objects.filter(pk=pk)
    for report in rows.values_list("report_id", flat=True):
        _lock(report)
    return rows.select_related(*RELATED).first()


def _lock(pk: int) -> ProgressReport:
    return ProgressReport.objects.select_for_update(of=("self",)).get(pk=pk)


def settle(period: Period, now: datetime) -> None:
    """Before 定稿: what was decided in time is in it."""
    carry_out(HeldAcceptance.objects.filter(report__period=period), now)
