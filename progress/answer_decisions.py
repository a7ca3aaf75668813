"""What is said to an answer: given back by the unit's head, given back or closed by the office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from huangshi_tasks.lib import text as words
from progress.answering import AnswerRow, last_answer, table_of, waiting_answer
from progress.matter_notices import tell_unit
from progress.matter_permissions import Matter
from progress.models import Decision
from units.actors import Actor
from units.errors import NotNow
from units.models import Role


def judge(answer: AnswerRow, decision: str, actor: Actor, now: datetime, reason: str = "") -> None:
    """Write onto an answer what was decided of it; from then on it stays as it is."""
    answer.decision, answer.return_reason = decision, reason
    answer.decided_by_name, answer.decided_at = actor.name, now
    answer.save()


@transaction.atomic
def return_to_liaison(*, matter: Matter, actor: Actor, now: datetime, reason: str) -> Matter:
    """退回联络员 by the unit's head, with a reason."""
    done = _give_back(matter, "return_to_liaison", actor, now, reason)
    text = f"{done}的答复被本单位负责人退回。{reason}"
    tell_unit(done, f"unsigned:{done.answers.count()}", text, now, roles=(Role.REPORTER,))
    return done


@transaction.atomic
def return_to_unit(
    *, matter: Matter, actor: Actor, now: datetime, reason: str, due_on: date
) -> Matter:
    """退回重办 by the office, with a reason and its own day. Raises `NotNow` for a day gone by."""
    if due_on < now.date():
        raise NotNow("重报期限不能早于今天，请重新填写。")
    done = _give_back(matter, "return_to_unit", actor, now, reason, due_on)
    text = f"{done}的答复被督查室退回，请于{words.day(due_on)}前重新答复。{reason}"
    tell_unit(done, f"returned:{done.answers.count()}", text, now)
    return done


def _give_back(
    matter: Matter, name: str, actor: Actor, now: datetime, reason: str, due_on: date | None = None
) -> Matter:
    def stamp(locked: Matter) -> Sequence[str]:
        judge(waiting_answer(locked), Decision.RETURNED, actor, now, reason)
        if due_on is None:
            return ()
        locked.return_due_on = due_on
        return ("return_due_on",)

    done: Matter = table_of(matter).perform(
        name,
        matter,
        actor=actor,
        now=now,
        stamp=stamp,
        reason=reason,
        details={} if due_on is None else {"return_due_on": due_on},
    )
    return done


@transaction.atomic
def close(*, matter: Matter, actor: Actor, now: datetime, conclusion: str) -> Matter:
    """办结, with the office's opinion; the unit is told."""

    def stamp(locked: Matter) -> Sequence[str]:
        answer = last_answer(locked)
        if answer is not None and not answer.decision:  # followed up: judged already
            judge(answer, Decision.ACCEPTED, actor, now)
        locked.closed_on, locked.conclusion = now.date(), conclusion
        return ("closed_on", "conclusion")

    done: Matter = table_of(matter).perform(
        "close", matter, actor=actor, now=now, stamp=stamp, reason=conclusion
    )
    tell_unit(done, f"closed:{done.answers.count()}", f"{done}已办结。", now)
    return done
