"""Saving a row through a form of the admin, with the entry that the admin's pages write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.db import models

from units.actors import Actor
from units.log.saved_forms import changed_in, record_saved
from units.sheets.running import BadRow

OTHERS = "本行有误："
WAITS = "待另一名系统管理员或审计员确认后生效"


def put_down(form: forms.ModelForm[Any], *, actor: Actor, now: datetime) -> None:
    """Save and log."""
    is_new = form.instance.pk is None
    form.save()
    record_saved(form, is_new=is_new, actor=actor, now=now)


def save(
    form: forms.ModelForm[Any],
    columns: dict[str, str],
    *,
    actor: Actor,
    now: datetime,
    put: Callable[..., object] = put_down,
) -> list[str]:
    """Save and log; returns the labels of what changed. `columns`: field → column of the sheet.
    `put` saves the valid form, or returns what its row waits for.

    Raises `BadRow` with the form's own sentences.
    """
    first = next(iter(columns.values()))
    if not form.is_valid():
        problems = {
            columns.get(name, first): str(sentences[0]) for name, sentences in form.errors.items()
        }
        raise BadRow(problems)
    named = changed_in(form)
    if not named:
        return []
    waits = put(form, actor=actor, now=now) is not None
    return [_in_words(form, name) for name in named] + ([WAITS] if waits else [])


def _in_words(form: forms.ModelForm[Any], name: str) -> str:
    """值班电话：12345 → 67890."""
    field = form._meta.model._meta.get_field(name)
    before, after = form.initial.get(name), form.cleaned_data.get(name)
    label = getattr(field, "verbose_name", name)
    return f"{label}：{_shown(field, before)} → {_shown(field, after)}"


def _shown(field: Any, value: Any) -> str:
    if value in (None, ""):
        return "空"
    if isinstance(value, bool):
        return "是" if value else "否"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if field.is_relation and not isinstance(value, models.Model):
        return str(field.related_model._default_manager.filter(pk=value).first() or value)
    return str(value)
