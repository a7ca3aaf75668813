"""What is done on a page by one click or one small form, by one runner for every room.

An act is one row: its form, the verb it calls, the sentence said afterwards, where one goes then.
Whether it is legal now is the table of transitions'; how a refusal looks is the page's.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from units.actors import Actor
from units.errors import NotNow
from units.http import Request
from units.once.claims import Claim, once
from units.permissions import Verdict, require

INCOMPLETE = "还不能办理，请修改标出的内容；已填写的都保留在本页，文件需要重新选择。"

Given = Callable[[Request, Any], dict[str, Any]]  # request and clean form → keywords of the verb


def cleaned(request: Request, form: Any) -> dict[str, Any]:
    """The clean fields are the keywords of the verb."""
    given: dict[str, Any] = form.cleaned_data
    return given


def seen(request: Request, form: Any) -> dict[str, Any]:
    """Which version was on the page, so that nobody decides on what they did not read."""
    return {"seen": request.POST.get("seen", "")}


def _nothing(thing: Any, today: date) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Act:
    """One act. Without `form` it is a click: nothing typed can be lost, so what `NotNow` says is
    left to the middleware; with one, the refusals of `kept` bring back the page as it was typed.
    """

    name: str
    verb: Callable[..., Any]
    done: str  # {thing}: what it was done to; {made}: what the verb returned
    form: type[forms.Form] | None = None
    to: str | Callable[[Any], str] = ""  # a list of the plan, or the address of what was made
    options: Callable[[Any, date], dict[str, Any]] = _nothing  # thing, today → what `form` takes
    given: Given = cleaned
    kept: tuple[type[Exception], ...] = (NotNow,)
    may: Callable[[Actor, Any], Verdict] | None = None  # asked before the form is looked at
    thing: str = ""  # the keyword for the thing, where the verb has another than the page
    twice: str = ""  # of an act that creates a row and moves no state: said when it comes again


@dataclass(frozen=True)
class Page:
    """Where acts stand: `thing` is the keyword under which the verbs take what it shows, `url` the
    address that takes the year and its key, or what makes its address.

    `again` answers a refusal with name and form of the act, and the sentence of the refusal; that
    is empty where the form itself has to say it.
    """

    thing: str
    url: str | Callable[[Any], str]
    again: Callable[[Request, Any, str, Any, str], HttpResponse]


R = TypeVar("R", bound=Act)


def by_name(*rows: R) -> dict[str, R]:
    """The rows of a page, by the name that its addresses say."""
    return {row.name: row for row in rows}


def carry_out(request: Request, thing: Any, act: Act, page: Page) -> HttpResponse:
    """Do it, say so and go on; refused, the page again (409) with what was typed."""
    if act.may is not None:
        require(act.may(request.actor, thing))
    options = act.options(thing, request.today)
    form = (act.form or forms.Form)(request.POST, request.FILES, **options)
    if not form.is_valid():
        return page.again(request, thing, act.name, form, "")
    subject = {act.thing or page.thing: thing}
    kept = act.kept if act.form is not None else ()
    try:
        given = act.given(request, form)
        with once(request, act.twice) if act.twice else nullcontext(Claim()) as claim:
            made = act.verb(**subject, actor=request.actor, now=request.now, **given)
            claim.leads_to(_address_after(request, act, page, thing, made))
    except kept as refusal:
        return page.again(request, thing, act.name, form, str(refusal))
    messages.success(request, act.done.format(thing=thing, made=made))
    return redirect(claim.led_to)


def _address_after(request: Request, act: Act, page: Page, thing: Any, made: Any) -> str:
    if act.to:
        return _address(act.to, made, request.plan.slug)
    return _address(page.url, thing, request.plan.slug, thing.pk)


def _address(url: str | Callable[[Any], str], thing: Any, *args: object) -> str:
    return url(thing) if callable(url) else reverse(url, args=args)
