"""What an autosave tells the open page: what is stored now, what others typed, what is found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from progress.draft_form import DraftForm
from progress.draft_values import blank_value, typed, values_of
from progress.drafts import Saved
from progress.fingerprints import changed_since, rebased
from progress.form_page import heading_of, page_of
from progress.looking import Look
from progress.models import ReportVersion


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
    return render_to_string("progress/_autosaved.html", context)
