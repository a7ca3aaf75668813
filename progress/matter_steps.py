"""办理过程 of a 交办事项 or 督办单: who did what, when; every line is what some row holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huangshi_tasks.lib import text as words
from progress.answering import AnswerRow
from progress.matter_permissions import Matter
from progress.models import Decision, Instruction, InstructionRequest


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
