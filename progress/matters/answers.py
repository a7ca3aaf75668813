"""What a unit does with a 交办事项 or a 督办单 it was given: write the answer, sign it, send it;
and what the office says to it. One set of verbs for both, for the flow is the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from huangshi_tasks.lib import text as words
from progress.matters.files import keep_file
from progress.matters.notices import tell_office, tell_unit
from progress.matters.permissions import Matter, can_answer, unit_of
from progress.matters.workflow import INSTRUCTIONS, ORDERS
from progress.models import (
    Decision,
    Instruction,
    InstructionAnswer,
    MatterFileKind,
    OrderAnswer,
    Signature,
)
from units.actors import Actor, has_signer
from units.errors import NotNow
from units.files.uploads import Checked
from units.models import Role
from units.permissions import require
from units.transitions import Table

AnswerRow = InstructionAnswer | OrderAnswer
NO_SIGNER = "本单位未设审签人。"


def table_of(matter: Matter) -> Table[Any]:
    """The table of transitions of `matter`."""
    return INSTRUCTIONS if isinstance(matter, Instruction) else ORDERS


def last_answer(matter: Matter) -> AnswerRow | None:
    """The answer now being signed or judged."""
    found: AnswerRow | None = matter.answers.order_by("-number").first()
    return found


@transaction.atomic
def submit_answer(
    *,
    matter: Matter,
    actor: Actor,
    now: datetime,
    text: str,
    file: Checked | None = None,
) -> Matter:
    """送本单位审签; where the unit has no signer the answer leaves at once, marked 未经审签."""
    require(can_answer(actor, matter))
    if not has_signer(unit_of(matter), now.date()):
        return _leave(matter, "send_unsigned", actor, now, text=text, file=file, reason=NO_SIGNER)

    def stamp(locked: Matter) -> Sequence[str]:
        _new_answer(locked, actor, now, text, file)
        return _received(locked, actor, now)

    done: Matter = table_of(matter).perform("submit", matter, actor=actor, now=now, stamp=stamp)
    rung = f"to-sign:{now:%m%d%H%M%S}"  # after a withdrawal it waits again
    tell_unit(done, rung, f"{done}的答复待审签。", now, roles=(Role.SIGNER,))
    return done


def withdraw(*, matter: Matter, actor: Actor, now: datetime) -> Matter:
    """撤回 before the signer acts; the text stays to be changed."""
    done: Matter = table_of(matter).perform("withdraw", matter, actor=actor, now=now)
    return done


@transaction.atomic
def sign_answer(*, matter: Matter, actor: Actor, now: datetime) -> Matter:
    """审签并答复: the answer leaves the unit."""

    def stamp(locked: Matter) -> Sequence[str]:
        answer = waiting_answer(locked)
        answer.signature, answer.signed_by = Signature.ONLINE, actor.user
        answer.signed_by_name, answer.signed_at = actor.name, now
        return _let_go(locked, answer, now)

    done: Matter = table_of(matter).perform(
        "sign_answer", matter, actor=actor, now=now, stamp=stamp
    )
    return done


@transaction.atomic
def send_unsigned(*, matter: Matter, actor: Actor, now: datetime, reason: str) -> Matter:
    """未经审签答复 of what waits for signature, marked as such and with its reason."""

    def stamp(locked: Matter) -> Sequence[str]:
        answer = waiting_answer(locked)
        answer.signature = Signature.UNSIGNED
        return _let_go(locked, answer, now)

    done: Matter = table_of(matter).perform(
        "send_unsigned", matter, actor=actor, now=now, stamp=stamp, reason=reason
    )
    return done


@transaction.atomic
def record_answer(
    *,
    matter: Matter,
    actor: Actor,
    now: datetime,
    text: str,
    file: Checked | None = None,
) -> Matter:
    """代录: the office enters an answer that came on stamped paper."""
    return _leave(matter, "record_answer", actor, now, text=text, file=file)


def _leave(
    matter: Matter,
    name: str,
    actor: Actor,
    now: datetime,
    *,
    text: str,
    file: Checked | None,
    reason: str = "",
) -> Matter:
    signature = Signature.OFFLINE if name == "record_answer" else Signature.UNSIGNED

    def stamp(locked: Matter) -> Sequence[str]:
        answer = _new_answer(locked, actor, now, text, file)
        answer.signature = signature
        return [*_received(locked, actor, now), *_let_go(locked, answer, now)]

    done: Matter = table_of(matter).perform(
        name, matter, actor=actor, now=now, stamp=stamp, reason=reason
    )
    return done


def _new_answer(
    matter: Matter, actor: Actor, now: datetime, text: str, file: Checked | None
) -> AnswerRow:
    """The next answer; one that was withdrawn is written over, one that was judged stays."""
    answer = last_answer(matter)
    if answer is None or answer.decision:
        answer = matter.answers.model(
            **{parent_field(matter): matter}, number=(answer.number if answer else 0) + 1
        )
    answer.unit, answer.text = unit_of(matter), text
    answer.written_by, answer.written_by_name, answer.written_at = actor.user, actor.name, now
    answer.save()
    if file is not None:
        keep_file(
            checked=file,
            kind=MatterFileKind.EVIDENCE,
            matter=matter,
            answer=answer,
            actor=actor,
            now=now,
        )
    return answer


def parent_field(matter: Matter) -> str:
    """How answers and files name the matter they belong to."""
    return "instruction" if isinstance(matter, Instruction) else "order"


def waiting_answer(matter: Matter) -> AnswerRow:
    """The answer not yet judged. Raises `NotNow` when there is none."""
    answer = last_answer(matter)
    if answer is None or answer.decision:
        raise NotNow(f"{matter}还没有办理情况，请先填写。")
    return answer


def _received(matter: Matter, actor: Actor, now: datetime) -> list[str]:
    """Who answers has received it."""
    if not isinstance(matter, Instruction) or matter.received_at is not None:
        return []
    matter.received_by_name, matter.received_at = actor.name, now
    return ["received_by_name", "received_at"]


def _let_go(matter: Matter, answer: AnswerRow, now: datetime) -> list[str]:
    """The answer leaves the unit; the first one says whether it came in time."""
    answer.left_at = now
    answer.save()
    if answer.signature != Signature.OFFLINE:  # what came on paper the office entered itself
        tell_office(matter, "answered", "已答复，请核对", now)
    if matter.first_answered_at is not None:
        return []
    matter.first_answered_at = now
    return ["first_answered_at"]


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
