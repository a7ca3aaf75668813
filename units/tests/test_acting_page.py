"""The runner of acts: done and said, or the page again with what was typed."""

from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import pytest
from django import forms
from django.contrib import messages
from django.http import HttpResponse

from units.acting_page import Act, Page, carry_out
from units.errors import NotNow, Refused
from units.face.act_forms import ReasonForm
from units.permissions import denied

SAID: list[str] = []


@pytest.fixture(autouse=True)
def _said(monkeypatch: pytest.MonkeyPatch) -> None:
    SAID.clear()
    monkeypatch.setattr(messages, "success", lambda _, sentence: SAID.append(sentence))


def again(request: Any, thing: str, name: str, form: forms.Form, problem: str) -> HttpResponse:
    return HttpResponse(f"{thing} {name} {form.data.get('reason', '')} {problem}", status=409)


PAGE = Page("paper", lambda thing: "/paper/", again)


class Draft(str):
    """A thing with a key."""

    pk = 3


DRAFT = Draft("草稿")


def sent(**data: str) -> Any:
    request = Mock(POST=data, FILES={}, actor="督查室", now="现在")
    request.plan.slug = "2022"
    return request


def refuse(**given: Any) -> None:
    raise NotNow("已签发，不能作废。")


def test_the_verb_gets_the_thing_who_when_and_the_clean_fields() -> None:
    verb = Mock(return_value="第3期")
    act = Act("drop", verb, "{thing}已作废，改为{made}。", ReasonForm)
    answer = carry_out(sent(reason=" 有误 "), DRAFT, act, PAGE)
    verb.assert_called_once_with(paper=DRAFT, actor="督查室", now="现在", reason="有误")
    assert (answer.status_code, answer["Location"]) == (302, "/paper/")
    assert SAID == ["草稿已作废，改为第3期。"]


def test_an_unread_form_brings_back_the_page_and_nothing_is_done() -> None:
    verb = Mock()
    answer = carry_out(sent(reason=""), DRAFT, Act("drop", verb, "已作废。", ReasonForm), PAGE)
    assert (answer.status_code, answer.content.decode()) == (409, "草稿 drop  ")
    assert (verb.called, SAID) == (False, [])


def test_a_refusal_brings_back_the_page_with_what_was_typed() -> None:
    act = Act("drop", refuse, "已作废。", ReasonForm)
    answer = carry_out(sent(reason="有误"), DRAFT, act, PAGE)
    assert answer.content.decode() == "草稿 drop 有误 已签发，不能作废。"
    assert SAID == []


@pytest.mark.parametrize(
    "act",
    [
        Act("issue", refuse, "已印发。"),
        Act("drop", refuse, "已作废。", ReasonForm, kept=()),
    ],
)
def test_a_refused_click_and_what_is_not_kept_go_to_the_middleware(act: Act) -> None:
    with pytest.raises(NotNow, match="已签发，不能作废。"):
        carry_out(sent(reason="有误"), DRAFT, act, PAGE)


def test_who_may_not_is_refused_before_the_form_is_looked_at() -> None:
    act = Act("drop", Mock(), "。", ReasonForm, may=lambda *_: denied("此项由督查室办理。"))
    with pytest.raises(Refused, match="此项由督查室办理。"):
        carry_out(sent(reason=""), DRAFT, act, PAGE)


def test_it_may_go_on_to_what_was_made() -> None:
    act = Act("correct", Mock(return_value=7), "已开启。", to=lambda made: f"/papers/{made}/")
    assert carry_out(sent(), DRAFT, act, PAGE)["Location"] == "/papers/7/"
