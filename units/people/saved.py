"""Saving through a form of a model by an act: what stands against it, by field, and one entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms

from units.actors import Actor
from units.errors import NotNow
from units.log.saved_forms import changed_in, record_saved


class NotSaved(NotNow):
    """What stands against it; `errors`: field → sentences, `__all__` those of the whole."""

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        super().__init__("".join(str(each) for said in errors.values() for each in said))
        self.errors = errors

    def say_in(self, form: forms.BaseForm) -> None:
        """At the fields of the form on the page, or above it where it has no such field."""
        for name, sentences in self.errors.items():
            for each in sentences:
                form.add_error(name if name in form.fields else None, str(each))


def checked(form: forms.ModelForm[Any]) -> None:
    """Raises `NotSaved` with what stands against it."""
    if not form.is_valid():
        raise NotSaved({name: [str(each) for each in said] for name, said in form.errors.items()})


def is_changed(form: forms.ModelForm[Any]) -> bool:
    """Whether there is anything to save."""
    return form.instance.pk is None or bool(changed_in(form))


def saved(form: forms.ModelForm[Any], *, actor: Actor, now: datetime) -> Any:
    """Save and log; returns the row, which stays as it is where nothing was changed. Raises
    `NotSaved`.
    """
    checked(form)
    is_new = form.instance.pk is None
    if is_changed(form):
        form.save()
        record_saved(form, is_new=is_new, actor=actor, now=now)
    return form.instance
