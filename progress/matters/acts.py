"""What may be done on the page of a 交办事项 or 督办单, by name: the form, the verb, the sentence
that is said when it is done. The tables of transitions say who may and when.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.urls import reverse

from progress.matters import answers as answer_decisions
from progress.matters import answers as answering
from progress.matters import instructions, orders
from progress.matters import requests as instruction_requests
from progress.matters.forms import (
    AnswerForm,
    ConclusionForm,
    ExtensionDecisionForm,
    ExtensionForm,
    FollowUpForm,
    ObjectionDecisionForm,
    ObjectionForm,
    SignForm,
)
from progress.matters.forms import ReturnForm as ReturnToUnitForm
from progress.matters.permissions import Matter
from progress.models import Instruction, InstructionRequest, RequestKind
from units.actors import Actor
from units.approvals import new_approval
from units.calendar.workdays import add_workdays
from units.face.act_forms import ReasonForm

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

RETURN_WORKDAYS = 2

# name of the act → the line that opens it, the verb on its button, the look of the button
WORDS: dict[str, tuple[str, str, str]] = {
    "receive": ("", "签收", "btn-pri btn-w"),
    "submit": ("填写办理情况", "送本单位审签", "btn-pri"),
    "withdraw": ("", "撤回修改", "btn-line btn-w"),
    "sign_answer": ("", "审签并报送督查室", "btn-pri btn-w"),
    "return_to_liaison": ("退回联络员修改", "退回联络员", "btn-warn"),
    "send_unsigned": ("未经审签报送", "报送督查室（标记未经审签）", "btn-line"),
    "record_answer": ("代录书面答复", "录入", "btn-line"),
    "return_to_unit": ("退回重办", "退回", "btn-warn"),
    "close": ("办结", "办结", "btn-pri"),
    "reopen": ("重新办理", "重新办理", "btn-line"),
    "revoke": ("撤销（登记有误）", "撤销", "btn-warn"),
    "object": ("对交办有异议", "提交异议", "btn-line"),
    "extend": ("申请延期", "提交延期申请", "btn-line"),
    "sign": ("登记签发", "登记签发并编号", "btn-pri"),
    "send": ("", "发给承办单位", "btn-pri btn-w"),
    "follow_up": ("转入跟踪督办", "跟踪督办", "btn-line"),
}
ORDER_WORDS = {"revoke": ("作废", "作废", "btn-warn")}


@dataclass(frozen=True)
class ActForm:
    """One act: where it is posted, its fields, and whether it was just refused."""

    name: str
    title: str
    verb: str
    look: str
    url: str
    form: forms.Form
    is_open: bool = False

    @property
    def has_fields(self) -> bool:
        return bool(self.form.fields)


def act_forms(
    matter: Matter,
    names: Iterable[str],
    today: date,
    initial: Mapping[str, Any],
    posted: tuple[str, forms.Form] | None,
) -> list[ActForm]:
    """A form for each of `names`; `posted` is the one that was refused, shown as it was typed."""
    is_instruction = isinstance(matter, Instruction)
    acts = INSTRUCTION_ACTS if is_instruction else ORDER_ACTS
    words = WORDS if is_instruction else WORDS | ORDER_WORDS
    address = "progress:matter_do" if is_instruction else "progress:order_do"
    given = {
        "decided_on": today,
        "due_on": add_workdays(today, RETURN_WORKDAYS),
        **initial,
    }
    found = []
    for name in names:
        title, verb, look = words[name]
        url = reverse(address, args=[matter.plan.slug, matter.pk, name])
        form, is_open = _form(name, acts[name].form, given, posted)
        found.append(ActForm(name, title, verb, look, url, form, is_open))
    return found


def _form(
    name: str,
    kind: type[forms.Form],
    initial: Mapping[str, Any],
    posted: tuple[str, forms.Form] | None,
    **options: Any,
) -> tuple[forms.Form, bool]:
    auto_id = f"{name}-%s"
    if posted is not None and posted[0] == name:
        posted[1].auto_id = auto_id
        return posted[1], True
    return kind(initial=dict(initial), auto_id=auto_id, **options), False


def request_forms(
    asked: InstructionRequest, today: date, posted: tuple[str, forms.Form] | None
) -> list[ActForm]:
    """What the office may say to an objection or a plea for more time."""
    slug = asked.instruction.plan.slug
    is_objection = asked.kind == RequestKind.OBJECTION
    title = "同意异议，改由其他单位承办" if is_objection else "登记同意延期"
    grant, decline = f"grant-{asked.pk}", f"decline-{asked.pk}"
    initial = {"decided_on": today, "until": asked.wanted_on}
    if is_objection:
        form, is_open = _form(grant, ObjectionDecisionForm, initial, posted, today=today)
    else:
        form, is_open = _form(grant, ExtensionDecisionForm, initial, posted)
    url = reverse("progress:matter_request", args=[slug, asked.pk, "grant"])
    no_url = reverse("progress:matter_request", args=[slug, asked.pk, "decline"])
    no_form, no_open = _form(decline, ReasonForm, {}, posted)
    return [
        ActForm(grant, title, "登记同意", "btn-pri", url, form, is_open),
        ActForm(decline, "不同意", "登记不同意", "btn-warn", no_url, no_form, no_open),
    ]
