"""Names of units and of collective designations: one name leads to one of them, and one that was
renamed is still found by its old name.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db import models

from huangshi_tasks.lib.fold import fold
from units import log
from units.actors import Actor
from units.city.words import kind_choices
from units.directory import initials
from units.models import Unit, UnitAlias, UnitGroup, UnitGroupAlias

NAME_TAKEN = "该名称已是其他单位或集合称谓的名称或别名（或只差间隔号、空格、全半角），请核对。"


class NameForm(forms.ModelForm):  # type: ignore[type-arg]  # not at run time
    """A notice names units by these names: one name must not lead to two."""

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if "name" in self.changed_data and any(
            fold(each.name) == fold(name) and not _is_own(each, self.instance)
            for model in (Unit, UnitAlias, UnitGroup, UnitGroupAlias)
            for each in model._default_manager.all()
        ):
            raise forms.ValidationError(NAME_TAKEN)
        return name


class UnitForm(NameForm):
    """A unit; its initials follow its name, unless they are typed too. Kinds as the place calls
    them.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(kind := self.fields.get("kind"), forms.ChoiceField):
            kind.choices = [("", "---------"), *kind_choices()]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "name" in self.changed_data and "pinyin" not in self.changed_data:
            # on the form where it has the field, on the row where it has not
            cleaned["pinyin"] = self.instance.pinyin = initials(cleaned.get("name", ""))
        return cleaned


def _is_own(row: models.Model, edited: models.Model) -> bool:
    """The row that is edited, or another name of the unit or group that is."""
    if isinstance(row, UnitAlias) and isinstance(edited, Unit):
        return row.unit_id == edited.pk
    if isinstance(row, UnitGroupAlias) and isinstance(edited, UnitGroup):
        return row.group_id == edited.pk
    return type(row) is type(edited) and row.pk == edited.pk


def keep_old_name(*, renamed: Unit | UnitGroup, old: str, actor: Actor, now: datetime) -> None:
    """更名: what was printed and filled in with the old name is still this unit's, or this
    group's. Logged.
    """
    if isinstance(renamed, Unit):
        if Unit.objects.called(old) is not None:
            return
    elif fold(old) in map(fold, [renamed.name, *renamed.aliases.values_list("name", flat=True)]):
        return
    add_other_name(of=renamed, name=old, why="更名保留原名为别名", actor=actor, now=now)


def add_other_name(
    *, of: Unit | UnitGroup, name: str, why: str, actor: Actor, now: datetime
) -> UnitAlias | UnitGroupAlias:
    """Another name by which this unit, or this group, is found. Logged."""
    alias: UnitAlias | UnitGroupAlias
    if isinstance(of, Unit):
        kind, alias = "unit", UnitAlias.objects.create(unit=of, name=name)
    else:
        kind, alias = "group", UnitGroupAlias.objects.create(group=of, name=name)
    log.record(
        actor=actor,
        action=f"{alias._meta.model_name}.add",
        subject=alias,
        summary=f"{why}：{name} → {of}",
        changes={kind: of.pk, "name": name},
        now=now,
    )
    return alias


def drop_other_name(*, name: str, is_group: bool, actor: Actor, now: datetime) -> None:
    """The name leads nowhere again, as before it was added. Logged; none is fine."""
    model = UnitGroupAlias if is_group else UnitAlias
    alias = model._default_manager.filter(name=name).first()
    if alias is None:
        return
    log.record(
        actor=actor,
        action=f"{alias._meta.model_name}.drop",
        subject=alias,
        summary=f"撤销别名：{name}",
        changes={"name": name},
        now=now,
    )
    alias.delete()


def is_taken(name: str) -> bool:
    """Whether a unit or a group is found by this name."""
    return any(
        fold(each) == fold(name)
        for model in (Unit, UnitAlias, UnitGroup, UnitGroupAlias)
        for each in model._default_manager.values_list("name", flat=True)
    )
