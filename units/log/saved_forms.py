"""What was saved through a form of a model, in the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db import models

from units.actors import Actor
from units.log.recording import record


def changed_in(form: forms.ModelForm[Any]) -> list[str]:
    """The fields that were changed, without passwords."""
    return [name for name in form.changed_data if "password" not in name]


def record_saved(
    form: forms.ModelForm[Any],
    *,
    is_new: bool,
    actor: Actor | None,
    now: datetime,
    reason: str = "",
) -> None:
    """One entry with from and to of every changed field."""
    row = form.instance
    record(
        actor=actor,
        action=f"{row._meta.model_name}.{'add' if is_new else 'change'}",
        subject=row,
        summary=f"{'新增' if is_new else '修改'}{row._meta.verbose_name}：{_named(row)}",
        changes={
            name: [form.initial.get(name), _spelled(form.cleaned_data.get(name))]
            for name in changed_in(form)
        },
        reason=reason,
        now=now,
    )


def _named(row: models.Model) -> str:
    """What the sentence calls the row: of an appointment the person too."""
    return str(getattr(row, "log_name", row))


def _spelled(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value
