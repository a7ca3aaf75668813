"""The page of a 交办事项 or 督办单: what it says, what was answered and done step by step, and what
may be done now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from huangshi_tasks.lib import text as words
from progress.matters.acts import ActForm, Posted, act_forms, request_forms
from progress.matters.answers import AnswerRow, parent_field, table_of
from progress.matters.permissions import Matter, can_handle, can_receive, unit_name_of
from progress.matters.requests import objection_ends_on
from progress.models import (
    Decision,
    Instruction,
    InstructionRequest,
    InstructionState,
    MatterFile,
    MatterFileKind,
    OrderState,
    RequestState,
    SupervisionOrder,
)
from progress.periods.access import plan_or_404
from units.actors import Actor
from units.http import Request


def matter_or_404(request: Request, slug: str, pk: int) -> Instruction:
    """The instruction, inside what the actor may see."""
    plan = plan_or_404(request, slug)
    found = Instruction.objects.visible_to(request.actor).filter(plan=plan)
    related = found.select_related("plan", "post", "version__report__period")
    return get_object_or_404(related.prefetch_related("units__unit", "tasks__plan"), pk=pk)


def order_or_404(request: Request, slug: str, pk: int) -> SupervisionOrder:
    """The sheet, inside what the actor may see."""
    plan = plan_or_404(request, slug)
    found = SupervisionOrder.objects.visible_to(request.actor).filter(plan=plan)
    related = found.select_related("plan", "unit", "task__plan", "instruction__plan", "approval")
    return get_object_or_404(related, pk=pk)


def page_of_matter(
    matter: Matter, actor: Actor, today: date, posted: Posted = None
) -> dict[str, Any]:
    """What the page shows, for either kind; `posted`: name and form of an act just refused."""
    answers: list[AnswerRow] = list(matter.answers.select_related("unit").prefetch_related("files"))
    sees_all = actor.is_office or bool(can_receive(actor, matter))
    shown = [each for each in answers if sees_all or each.decision == Decision.ACCEPTED]
    requests = _requests(matter) if sees_all else []
    return {
        "matter": matter,
        "unit": unit_name_of(matter),
        "answers": shown,
        "requests": [(each, _decisions(each, actor, today, posted)) for each in requests],
        "scans": MatterFile.objects.filter(
            **{parent_field(matter): matter}, kind=MatterFileKind.SCAN
        ),
        "steps": steps_of(matter, answers, requests) if sees_all else [],
        "may_handle": bool(can_handle(actor)),
        "is_overdue": matter.is_overdue(today),
        "sees_all": sees_all,
        "sees_subject": _sees_subject(matter, actor),
        **_acts(matter, actor, today, _draft(answers), posted),
    }


def _sees_subject(matter: Matter, actor: Actor) -> bool:
    """Whether the instruction behind a sheet may be opened: its unit need not be on it."""
    if isinstance(matter, Instruction) or matter.instruction_id is None:
        return True
    return Instruction.objects.visible_to(actor).filter(pk=matter.instruction_id).exists()


def _acts(
    matter: Matter,
    actor: Actor,
    today: date,
    draft: str,
    posted: Posted,
) -> dict[str, Any]:
    """`write`: the answer to be written; `acts`: what else; `asks`: instead of an answer."""
    names = [each.name for each in table_of(matter).available(matter, actor)]
    if (
        matter.state not in (InstructionState.SIGNING, OrderState.SIGNING)
        and "send_unsigned" in names
    ):
        names.remove("send_unsigned")  # nothing is written yet that could go without a signature
    found = act_forms(matter, names, today, {"text": draft}, posted)
    asks: list[ActForm] = []
    ends_on = None
    if isinstance(matter, Instruction) and matter.is_with_unit and can_receive(actor, matter):
        ends_on = objection_ends_on(matter)
        asks = act_forms(matter, _askable(matter, today, ends_on), today, {}, posted)
    return {
        "write": next((each for each in found if each.row.name == "submit"), None),
        "acts": [each for each in found if each.row.name != "submit"],
        "asks": asks,
        "objection_ends_on": ends_on,
    }


def _askable(matter: Instruction, today: date, ends_on: date) -> list[str]:
    names = ["object"] if today <= ends_on else []
    return [*names, "extend"] if today <= matter.due_on else names


def _decisions(
    asked: InstructionRequest,
    actor: Actor,
    today: date,
    posted: Posted,
) -> list[ActForm]:
    if asked.state != RequestState.REQUESTED or not can_handle(actor):
        return []
    return request_forms(asked, today, posted)


def _scans(matter: Matter) -> QuerySet[MatterFile]:
    return MatterFile.objects.filter(**{parent_field(matter): matter}, kind=MatterFileKind.SCAN)


def _requests(matter: Matter) -> list[InstructionRequest]:
    if isinstance(matter, SupervisionOrder):
        return []
    return list(matter.requests.select_related("unit", "approval"))


def _draft(answers: Sequence[AnswerRow]) -> str:
    """What the next answer begins with: the last one, until it was accepted."""
    last = answers[-1] if answers else None
    return last.text if last is not None and last.decision != Decision.ACCEPTED else ""


@dataclass(frozen=True)
class Step:
    """One line of 办理过程: when, what, more; `kind` is the colour of the timeline."""

    at: datetime
    kind: str
    head: str
    text: str = ""


def steps_of(
    matter: Matter, answers: Sequence[AnswerRow], requests: Sequence[InstructionRequest]
) -> list[Step]:
    """办理过程 from the beginning; every line is what some row holds."""
    steps = _opening(matter)
    for answer in answers:
        steps += _steps_of_answer(answer)
    for request in requests:
        head = f"{request.requested_by_name}提出{request.get_kind_display()}"
        steps.append(Step(request.requested_at, "step", head, request.reason))
        if request.decided_at is not None:
            head = f"{request.decided_by_name}：{request.get_state_display()}"
            steps.append(Step(request.decided_at, "step", head, request.decision_note))
    subjects = matter.urged.select_related("urge").order_by("urge__urged_at")
    for urge in (subject.urge for subject in subjects):
        head = f"{urge.urged_by_name}{urge.get_channel_display()}催办"
        reached = f"送达{urge.reached}。" if urge.reached else ""
        steps.append(Step(urge.urged_at, "urge", head, f"{reached}{urge.answer}"))
    return sorted(steps, key=lambda step: step.at)


def _opening(matter: Matter) -> list[Step]:
    if isinstance(matter, Instruction):
        steps = [Step(matter.registered_at, "step", f"{matter.registered_by_name}登记")]
        if matter.received_at is not None:
            steps.append(Step(matter.received_at, "step", f"{matter.received_by_name}签收"))
        return steps
    steps = [Step(matter.drafted_at, "step", f"{matter.drafted_by_name}拟稿")]
    if matter.approval is not None:
        approval = matter.approval
        head = f"{approval.decided_by}{words.day(approval.decided_on)}签发"
        basis = f"依据：{approval.authority}。登记人：{approval.registered_by_name}。"
        steps.append(Step(approval.registered_at, "accepted", head, basis))
    if matter.sent_at is not None:
        steps.append(Step(matter.sent_at, "step", f"{matter.sent_by_name}发出"))
    return steps


def _steps_of_answer(answer: AnswerRow) -> list[Step]:
    nth = f"第{answer.number}次"
    steps = [Step(answer.written_at, "step", f"{answer.written_by_name}填写{nth}办理情况")]
    if answer.left_at is not None:
        signer = f"{answer.signed_by_name}" if answer.signed_by_name else ""
        head = f"{signer}{answer.get_signature_display()}，{nth}报送"
        steps.append(Step(answer.left_at, "step", head))
    if answer.decided_at is not None:
        is_back = answer.decision == Decision.RETURNED
        kind = "returned" if is_back else "accepted"
        head = f"{answer.decided_by_name}{'退回' if is_back else '认可'}"
        steps.append(Step(answer.decided_at, kind, head, answer.return_reason))
    return steps
