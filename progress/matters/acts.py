"""What may be done on the page of a 交办事项 or 督办单: one row says the form, the verb, the words
on the page and the sentence said afterwards; the tables of transitions say who may and when.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.urls import reverse

from progress.matters import answers, instructions, orders, requests
from progress.matters.files import checked_files
from progress.matters.forms import (
    AnswerForm,
    ConclusionForm,
    ExtensionDecisionForm,
    ExtensionForm,
    FollowUpForm,
    ObjectionDecisionForm,
    ObjectionForm,
    ReturnForm,
    SignForm,
)
from progress.matters.permissions import Matter, can_receive
from progress.models import Instruction, InstructionRequest, RequestKind
from progress.periods.calendar import RETURN_WORKDAYS
from units.acting_page import Act, Given, by_name
from units.calendar.workdays import add_workdays
from units.errors import NotNow
from units.face.act_forms import ReasonForm
from units.files.approvals import new_approval
from units.files.uploads import Unacceptable
from units.http import Request

MAIN, PLAIN, BACK = "btn-pri", "btn-line", "btn-warn"
CLICK = "btn-pri btn-w"  # as wide as the panel


class Words(NamedTuple):
    """What opens the form (a click has none), the verb on the button, and its look."""

    title: str
    button: str
    look: str = PLAIN


@dataclass(frozen=True, kw_only=True)
class MatterAct(Act):
    """An act with its words. Where no transition says who may, `may` does."""

    words: Words
    given: Given = checked_files
    kept: tuple[type[Exception], ...] = (NotNow, Unacceptable)


def _signed(request: Request, form: Any) -> dict[str, Any]:
    """The signature, and the scan of the paper it stands on."""
    said = checked_files(request, form)
    scan = said.pop("scan")
    approval = new_approval(actor=request.actor, now=request.now, **said)
    return {"approval": approval, "scan": scan}


def _granted(request: Request, form: Any) -> dict[str, Any]:
    """Until when, and by whose decision."""
    said = dict(form.cleaned_data)
    until = said.pop("until")
    approval = new_approval(actor=request.actor, now=request.now, **said)
    return {"approval": approval, "until": until}


ANSWERING = by_name(
    MatterAct(
        "submit",
        answers.submit_answer,
        "{thing}办理情况已送出。",
        AnswerForm,
        words=Words("填写办理情况", "送本单位审签", MAIN),
    ),
    MatterAct(
        "withdraw",
        answers.withdraw,
        "{thing}已撤回，可以继续修改。",
        forms.Form,
        words=Words("", "撤回修改", "btn-line btn-w"),
    ),
    MatterAct(
        "sign_answer",
        answers.sign_answer,
        "{thing}已审签并报送督查室。",
        forms.Form,
        words=Words("", "审签并报送督查室", CLICK),
    ),
    MatterAct(
        "return_to_liaison",
        answers.return_to_liaison,
        "{thing}已退回联络员。",
        ReasonForm,
        words=Words("退回联络员修改", "退回联络员", BACK),
    ),
    MatterAct(
        "send_unsigned",
        answers.send_unsigned,
        "{thing}已报送督查室，标记为未经审签。",
        ReasonForm,
        words=Words("未经审签报送", "报送督查室（标记未经审签）"),
    ),
    MatterAct(
        "record_answer",
        answers.record_answer,
        "{thing}书面答复已代录。",
        AnswerForm,
        words=Words("代录书面答复", "录入"),
    ),
    MatterAct(
        "return_to_unit",
        answers.return_to_unit,
        "{thing}已退回重办。",
        ReturnForm,
        words=Words("退回重办", "退回", BACK),
    ),
    MatterAct(
        "close", answers.close, "{thing}已办结。", ConclusionForm, words=Words("办结", "办结", MAIN)
    ),
)
INSTRUCTION_ACTS = ANSWERING | by_name(
    MatterAct(
        "receive",
        instructions.receive,
        "{thing}已签收。",
        forms.Form,
        thing="instruction",
        words=Words("", "签收", CLICK),
    ),
    MatterAct(
        "reopen",
        instructions.reopen,
        "{thing}已重新办理。",
        ReasonForm,
        thing="instruction",
        words=Words("重新办理", "重新办理"),
    ),
    MatterAct(
        "revoke",
        instructions.revoke,
        "{thing}已撤销。",
        ReasonForm,
        thing="instruction",
        words=Words("撤销（登记有误）", "撤销", BACK),
    ),
    # what the unit asks is a row of its own and moves the matter nowhere
    MatterAct(
        "object",
        requests.object_to,
        "{thing}异议已提交督查室。",
        ObjectionForm,
        thing="instruction",
        may=can_receive,
        words=Words("对交办有异议", "提交异议"),
        twice="异议已提交过，没有重复提交。",
    ),
    MatterAct(
        "extend",
        requests.ask_extension,
        "{thing}延期申请已提交督查室。",
        ExtensionForm,
        thing="instruction",
        may=can_receive,
        words=Words("申请延期", "提交延期申请"),
        twice="延期申请已提交过，没有重复提交。",
    ),
)
ORDER_ACTS = ANSWERING | by_name(
    MatterAct(
        "sign",
        orders.sign_order,
        "{thing}签发已登记，督办单已编号。",
        SignForm,
        given=_signed,
        thing="order",
        words=Words("登记签发", "登记签发并编号", MAIN),
    ),
    MatterAct(
        "send",
        orders.send_order,
        "{thing}已发出，承办单位已收到消息。",
        forms.Form,
        thing="order",
        words=Words("", "发给承办单位", CLICK),
    ),
    MatterAct(
        "revoke",
        orders.revoke_order,
        "{thing}已作废。",
        ReasonForm,
        thing="order",
        words=Words("作废", "作废", BACK),
    ),
    MatterAct(
        "follow_up",
        orders.follow_up,
        "{thing}已转入跟踪督办。",
        FollowUpForm,
        thing="order",
        words=Words("转入跟踪督办", "跟踪督办"),
    ),
)


def _answers_to(
    kind: RequestKind, title: str, verb: Any, form: Any, **more: Any
) -> dict[str, MatterAct]:
    """What the office may say to a request of `kind`: yes in the words of `title`, or no."""
    done = f"{kind.label}已处理，承办单位已收到消息。"
    yes = MatterAct("grant", verb, done, form, words=Words(title, "登记同意", MAIN), **more)
    no = MatterAct(
        "decline", requests.decline, done, ReasonForm, words=Words("不同意", "登记不同意", BACK)
    )
    return by_name(yes, no)


REQUEST_ACTS: dict[str, dict[str, MatterAct]] = {
    RequestKind.OBJECTION: _answers_to(
        RequestKind.OBJECTION,
        "同意异议，改由其他单位承办",
        requests.grant_objection,
        ObjectionDecisionForm,
        options=lambda _, today: {"today": today},
    ),
    RequestKind.EXTENSION: _answers_to(
        RequestKind.EXTENSION,
        "登记同意延期",
        requests.grant_extension,
        ExtensionDecisionForm,
        given=_granted,
    ),
}


def acts_of(matter: Matter) -> dict[str, MatterAct]:
    """The rows of this kind of matter, by name."""
    return INSTRUCTION_ACTS if isinstance(matter, Instruction) else ORDER_ACTS


@dataclass(frozen=True)
class ActForm:
    """One act on the page: where it is posted, its fields, and whether it was just refused."""

    row: MatterAct
    url: str
    form: forms.Form
    is_open: bool

    @property
    def has_fields(self) -> bool:
        return bool(self.form.fields)


Posted = tuple[str, forms.Form] | None  # name and form of the act that was refused


def act_forms(
    matter: Matter, names: Iterable[str], today: date, initial: Mapping[str, Any], posted: Posted
) -> list[ActForm]:
    """A form for each of `names`; `posted` is shown as it was typed."""
    address = "progress:matter_do" if isinstance(matter, Instruction) else "progress:order_do"
    due_on = add_workdays(today, RETURN_WORKDAYS)
    options = {"initial": {"decided_on": today, "due_on": due_on, **initial}}
    rows, slug = acts_of(matter), matter.plan.slug
    return [
        _shown(rows[name], name, reverse(address, args=[slug, matter.pk, name]), options, posted)
        for name in names
    ]


def request_forms(asked: InstructionRequest, today: date, posted: Posted) -> list[ActForm]:
    """What the office may say to an objection or a plea for more time."""
    found = []
    for name, row in REQUEST_ACTS[asked.kind].items():
        url = reverse("progress:matter_request", args=[asked.instruction.plan.slug, asked.pk, name])
        initial = {"decided_on": today, "until": asked.wanted_on}
        options = {"initial": initial, **row.options(asked, today)}
        found.append(_shown(row, f"{name}-{asked.pk}", url, options, posted))
    return found


def _shown(row: MatterAct, key: str, url: str, options: dict[str, Any], posted: Posted) -> ActForm:
    auto_id = f"{key}-%s"
    if posted is not None and posted[0] == key:
        posted[1].auto_id = auto_id
        return ActForm(row, url, posted[1], is_open=True)
    form = (row.form or forms.Form)(auto_id=auto_id, **options)
    return ActForm(row, url, form, is_open=False)
