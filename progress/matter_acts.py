"""What may be done on the page of a 交办事项 or 督办单, by name: the form, the verb, the sentence
that is said when it is done. The tables of transitions say who may and when.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from progress import answer_decisions, answering, instruction_requests, instructions, orders
from progress.matter_forms import AnswerForm, ConclusionForm, ExtensionForm, ObjectionForm
from progress.matter_forms import ReturnForm as ReturnToUnitForm
from progress.matter_permissions import Matter
from progress.order_forms import FollowUpForm, SignForm
from units.act_forms import ReasonForm
from units.actors import Actor
from units.approvals import new_approval

Run = Callable[..., Any]


@dataclass(frozen=True)
class Act:
    """`form` cleans the posted fields into the keywords of `run`; `done` follows the name."""

    form: type[forms.Form]
    run: Run
    done: str


def _of_instruction(run: Run) -> Run:
    return lambda *, matter, **given: run(instruction=matter, **given)


def _of_order(run: Run) -> Run:
    return lambda *, matter, **given: run(order=matter, **given)


def _sign(
    *,
    matter: Matter,
    actor: Actor,
    now: datetime,
    post: Any,
    decided_by: str,
    scan: Any,
    **given: Any,
) -> None:
    approval = new_approval(post=post, decided_by=decided_by, actor=actor, now=now, **given)
    orders.sign_order(order=matter, approval=approval, scan=scan, actor=actor, now=now)  # type: ignore[arg-type]


ANSWERING = {
    "submit": Act(AnswerForm, answering.submit_answer, "办理情况已送出。"),
    "withdraw": Act(forms.Form, answering.withdraw, "已撤回，可以继续修改。"),
    "sign_answer": Act(forms.Form, answering.sign_answer, "已审签并报送督查室。"),
    "return_to_liaison": Act(ReasonForm, answer_decisions.return_to_liaison, "已退回联络员。"),
    "send_unsigned": Act(ReasonForm, answering.send_unsigned, "已报送督查室，标记为未经审签。"),
    "record_answer": Act(AnswerForm, answering.record_answer, "书面答复已代录。"),
    "return_to_unit": Act(ReturnToUnitForm, answer_decisions.return_to_unit, "已退回重办。"),
    "close": Act(ConclusionForm, answer_decisions.close, "已办结。"),
}
INSTRUCTION_ACTS: dict[str, Act] = {
    "receive": Act(forms.Form, _of_instruction(instructions.receive), "已签收。"),
    **ANSWERING,
    "reopen": Act(ReasonForm, _of_instruction(instructions.reopen), "已重新办理。"),
    "revoke": Act(ReasonForm, _of_instruction(instructions.revoke), "已撤销。"),
    "object": Act(
        ObjectionForm, _of_instruction(instruction_requests.object_to), "异议已提交督查室。"
    ),
    "extend": Act(
        ExtensionForm, _of_instruction(instruction_requests.ask_extension), "延期申请已提交督查室。"
    ),
}
ORDER_ACTS: dict[str, Act] = {
    "sign": Act(SignForm, _sign, "签发已登记，督办单已编号。"),
    "send": Act(forms.Form, _of_order(orders.send_order), "已发出，承办单位已收到消息。"),
    "revoke": Act(ReasonForm, _of_order(orders.revoke_order), "已作废。"),
    **ANSWERING,
    "follow_up": Act(FollowUpForm, _of_order(orders.follow_up), "已转入跟踪督办。"),
}
