"""Names of units: one name leads to one unit, and a renamed unit is still found by its old name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db import models

from huangshi_tasks.lib.fold import fold
from units import log
from units.actors import Actor
from units.directory import initials
from units.models import Unit, UnitAlias, UnitGroup

NAME_TAKEN = "该名称已是其他单位或集合称谓的名称或别名（或只差间隔号、空格、全半角），请核对。"


class NameForm(forms.ModelForm):  # type: ignore[type-arg]  # not at run time
    """A notice names units by these names: one name must not lead to two."""

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if "name" in self.changed_data and any(
            fold(each.name) == fold(name) and not _is_own(each, self.instance)
            for model in (Unit, UnitAlias, UnitGroup)
            for each in model._default_manager.all()
        ):
            raise forms.ValidationError(NAME_TAKEN)
        return name


class UnitForm(NameForm):
    """A unit; its initials follow its name, unless they are typed too."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "name" in self.changed_data and "pinyin" not in self.changed_data:
            # on the form where it has the field, on the row where it has not
            cleaned["pinyin"] = self.instance.pinyin = initials(cleaned.get("name", ""))
        return cleaned


def _is_own(row: models.Model, edited: models.Model) -> bool:
    """The row that is edited, or another name of the unit that is."""
    if isinstance(row, UnitAlias) and isinstance(edited, Unit):
        return row.unit_id == edited.pk
    return type(row) is type(edited) and row.pk == edited.pk


def keep_old_name(*, unit: Unit, old: str, actor: Actor, now: datetime) -> None:
    """更名: what was printed and filled in with the old name is still this unit's. Logged."""
    if Unit.objects.called(old) is not None:
        return
    alias = UnitAlias.objects.create(unit=unit, name=old)
    log.record(
        actor=actor,
        action="unitalias.add",
        subject=alias,
        summary=f"更名保留原名为别名：{old} → {unit}",
        changes={"unit": unit.pk, "name": old},
        now=now,
    )
