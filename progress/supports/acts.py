"""配合单位应询答复: the primary asks a support unit, it answers in one text, the primary quotes.

Support units file only when asked (design.md section 4 What is owed).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from huangshi_tasks.lib import text
from progress.models import ProgressReport, SupportRequest, SupportState
from progress.supports.permissions import can_ask_supports
from progress.supports.workflow import SUPPORT_REQUESTS
from tasks.models import Plan, Responsibility, ResponsibilityRole
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.models import Unit
from units.permissions import require


def askable(report: ProgressReport) -> list[Unit]:
    """The units that support the item at the period's date, as the notice orders them."""
    held = Responsibility.objects.on(report.period.data_as_of).filter(
        task=report.task, role=ResponsibilityRole.SUPPORT
    )
    return [each.unit for each in held.select_related("unit").order_by("pk")]


def ask(
    *,
    report: ProgressReport,
    actor: Actor,
    now: datetime,
    units: Iterable[Unit],
    question: str,
    due_on: date,
) -> list[SupportRequest]:
    """Ask each of `units`. Raises `NotNow` for a day that is over and for a unit asked already."""
    require(can_ask_supports(actor, report))
    if due_on < now.date():
        raise NotNow("答复期限不能早于今天。")
    with transaction.atomic():
        return [_ask_one(report, actor, now, unit, question, due_on) for unit in units]


def _ask_one(
    report: ProgressReport, actor: Actor, now: datetime, unit: Unit, question: str, due_on: date
) -> SupportRequest:
    try:
        with transaction.atomic():
            made = SupportRequest.objects.create(
                report=report,
                unit=unit,
                question=question,
                due_on=due_on,
                asked_by=actor.user,
                asked_by_name=actor.name,
                asked_at=now,
            )
    except IntegrityError:
        raise NotNow(f"{unit}还有一件征询没有答复，请等待答复或先收回。") from None
    log.record(
        actor=actor,
        action="supportrequest.ask",
        subject=made,
        summary=f"征询配合单位：{made}，{text.day(due_on)}前答复",
        changes={"question": question, "due_on": due_on},
        now=now,
    )
    return made


def answer(*, asked: SupportRequest, actor: Actor, now: datetime, answer: str) -> SupportRequest:
    """答复, in one text that stays as it was given."""

    def stamp(locked: SupportRequest) -> Sequence[str]:
        locked.answer, locked.answered_at = answer, now
        locked.answered_by, locked.answered_by_name = actor.user, actor.name
        return ("answer", "answered_at", "answered_by", "answered_by_name")

    details = {"answer": answer}
    return SUPPORT_REQUESTS.perform(
        "answer", asked, actor=actor, now=now, stamp=stamp, details=details
    )


def take_back(*, asked: SupportRequest, actor: Actor, now: datetime) -> SupportRequest:
    """收回, while it is not answered."""
    return SUPPORT_REQUESTS.perform("take_back", asked, actor=actor, now=now)


def asked_of(unit: Unit | None, plan: Plan) -> QuerySet[SupportRequest]:
    """What `unit` is asked in the plan, open ones first, then the latest answers."""
    asked = SupportRequest.objects.of_plan(plan).filter(unit=unit)
    asked = asked.exclude(state=SupportState.TAKEN_BACK)
    related = asked.select_related(
        "unit", "report__period", "report__responsibility__task", "report__responsibility__unit"
    )
    return related.order_by("-state", "due_on", "-answered_at", "pk")


def asked_for(report: ProgressReport) -> list[SupportRequest]:
    """What was asked for this report, without what was taken back; one query."""
    asked = report.support_requests.exclude(state=SupportState.TAKEN_BACK)
    return list(asked.select_related("unit"))
