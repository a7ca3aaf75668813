"""What an autosave tells the open page: what is stored now, what others typed, what is found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from progress.checking.look import Look, look_after, look_at
from progress.contents.values import blank_value, keys_of, typed, values_of
from progress.filing import drafts
from progress.filing.drafts import Saved
from progress.filing.fingerprints import changed_since, rebased
from progress.filing.form import DraftForm
from progress.filing.page import heading_of, page_of
from progress.lifecycle.permissions import can_write
from progress.models import ReportVersion
from progress.periods.access import report_or_404
from units.errors import NotNow
from units.http import Request
from units.permissions import require


@dataclass(frozen=True)
class Posted:
    """What the page sent. `held`: fields in conflict, which the person has not decided on yet."""

    form: DraftForm
    base: str
    held: frozenset[str]
    before: ReportVersion | None  # as it stood before this save, with who saved it

    @property
    def values(self) -> dict[str, Any]:
        """What is to be saved."""
        return {key: value for key, value in self.form.values().items() if key not in self.held}

    def unsettled(self, saved: Saved) -> set[str]:
        """Fields that stay as they were typed: not readable, or changed by two people."""
        conflicts = {conflict.key for conflict in saved.conflicts}
        return set(self.form.errors) | conflicts | self.held


def answer_of(posted: Posted, saved: Saved, look: Look, now: datetime) -> dict[str, Any]:
    """The JSON answer: `base` is the fingerprint with which the page goes on."""
    unsettled = posted.unsettled(saved)
    theirs = changed_since(saved.version, posted.base, posted.form.fields)
    return {
        "saved_at": f"{now:%H:%M}",
        "is_saved": bool(saved.changed),
        "base": rebased(saved.version, posted.base, unsettled),
        "errors": {name: str(errors[0]) for name, errors in posted.form.errors.items()},
        "conflicts": [conflict.key for conflict in saved.conflicts],
        "theirs": _typed(saved.version, theirs - unsettled - set(saved.changed)),
        "their_name": posted.before.edited_by_name if posted.before is not None else "",
        "html": _parts(posted, saved, look),
    }


def _typed(version: ReportVersion, keys: Iterable[str]) -> dict[str, str | bool]:
    """Each field as a form would hold it."""
    stored = values_of(version)
    return {key: typed(stored.get(key, blank_value(key))) for key in keys}


def _parts(posted: Posted, saved: Saved, look: Look) -> str:
    """The parts of the page that depend on what is stored, each in a `<template>` of its name."""
    form = DraftForm(look=look, today=posted.form.today)
    context = heading_of(look.report) | {
        "look": look,
        "form": form,
        "page": page_of(look, form, saved.conflicts),
        "conflicts": [
            (form[each.key], each) for each in saved.conflicts if each.key in form.fields
        ],
        "errors": posted.form.errors,
    }
    return render_to_string("progress/filing/_autosaved.html", context)


WORDS = {"ensure_ascii": False}


@require_POST
def autosave(request: Request, slug: str, pk: int) -> HttpResponse:
    """Save like the button does, and answer in JSON instead of a page."""
    found = report_or_404(request, slug, pk)
    require(can_write(request.actor, found))
    before = found.latest()
    look = look_at(found, before)
    form = DraftForm(request.POST, look=look, today=request.today)
    held = frozenset(request.POST.getlist("held"))
    posted = Posted(form, request.POST.get("base", ""), held, before)
    try:
        saved = drafts.save_draft(
            report=found,
            actor=request.actor,
            now=request.now,
            values=posted.values,
            base=posted.base,
            allowed=keys_of(look.rows),
            look=look,
        )
    except NotNow as problem:
        return JsonResponse({"problem": str(problem)}, status=409, json_dumps_params=WORDS)
    answer = answer_of(posted, saved, look_after(look, saved.version), request.now)
    return JsonResponse(answer, json_dumps_params=WORDS)
