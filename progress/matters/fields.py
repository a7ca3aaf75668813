"""Fields of the forms about 交办 and 督办: days, and units and items as people write them."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms

from tasks.models import Plan, Task, TaskKind
from units.face.fields import line_field
from units.face.unit_picker import UnitPickField, several, units_meant
from units.files import upload_fields
from units.models import Unit

SIGNS = re.compile(r"[、，,；;\r\n]+")
SEPARATORS = re.compile(r"[、，,；;\s]+")
ITEM = re.compile(r"(?:重点工作|重点|十件实事|实事)?第?(\d{1,4})[项件]?")
PROJECT = re.compile(r"^(十件)?实事")


def text_field(
    label: str, ask: str, *, length: int, rows: int = 1, required: bool = True, hint: str = ""
) -> forms.CharField:
    """A line, or an area of `rows` lines; `ask` says what to write when it is missing."""
    return line_field(
        label,
        length,
        ask,
        required=required,
        rows=rows,
        hint=hint,
        too_long=f"{label}不超过{length}字，请删减。",
    )


def file_field(label: str) -> forms.FileField:
    """One file, optional."""
    hint = "严禁上传涉密信息。PDF、OFD、Office或WPS文档、图片，不超过20MB。"
    return upload_fields.file_field(label, required=False, ask="请重新选择文件。", hint=hint)


class UnitField(UnitPickField):
    """One of the units in force on `today`."""

    def __init__(self, *, today: date, label: str, ask: str, **options: Any) -> None:
        super().__init__(
            Unit.objects.current(today),
            label=label,
            error_messages={"required": ask, "invalid_choice": f"{label}请从列表中选择。"},
            **options,
        )


class UnitsField(forms.CharField):
    """Several units, written 市财政局、市城管委; aliases count. Cleans to the list of units."""

    def __init__(self, *, today: date, label: str, hint: str = "") -> None:
        super().__init__(
            label=label,
            required=False,
            max_length=600,
            help_text=hint,
            error_messages={"max_length": f"{label}过多，请删减。"},
        )
        self.today = today

    def clean(self, value: Any) -> list[Unit]:
        names = [name for name in SIGNS.split(super().clean(value)) if name.strip()]
        return list(dict.fromkeys(unit for name in names for unit in self._units(name)))

    def _units(self, name: str) -> list[Unit]:
        """One unit, or several that only blanks part."""
        unit = unit_named(name, self.today)
        return [self._unit(each) for each in name.split()] if unit is None else [unit]

    def _unit(self, name: str) -> Unit:
        meant = units_meant(Unit.objects.current(self.today), name)
        if len(meant) > 1:
            raise forms.ValidationError(several(name, meant))
        if not meant:
            raise forms.ValidationError(f"没有找到单位“{name}”，请写全称，多个单位之间用顿号。")
        return meant[0]


def unit_named(name: str, today: date) -> Unit | None:
    """The unit in force that is called `name`, by its own name or another."""
    return Unit.objects.current(today).called(name)


class ItemsField(forms.CharField):
    """Items by number, written 第17项、实事3. Cleans to the list of items of `plan`."""

    def __init__(self, *, plan: Plan, label: str, hint: str = "", required: bool = False) -> None:
        super().__init__(
            label=label,
            required=required,
            max_length=200,
            help_text=hint,
            error_messages={
                "required": "请写明事项编号，如“17”或“实事3”。",
                "max_length": f"{label}过多，请删减。",
            },
        )
        self.plan = plan

    def clean(self, value: Any) -> list[Task]:
        written = [each for each in SEPARATORS.split(super().clean(value)) if each]
        return [self._item(each) for each in dict.fromkeys(written)]

    def _item(self, written: str) -> Task:
        task = item_called(self.plan, written)
        if task is None:
            raise forms.ValidationError(
                f"没有找到“{written}”，请写事项编号，重点工作如“17”，十件实事如“实事3”。"
            )
        return task


def item_called(plan: Plan, name: str) -> Task | None:
    """The item of `plan` that is called so: 17, 重点工作第17项, 实事3."""
    found = ITEM.fullmatch(name)
    if found is None:
        return None
    kind = TaskKind.PRACTICAL_PROJECT if PROJECT.match(name) else TaskKind.KEY_TASK
    return Task.objects.filter(plan=plan, kind=kind, number=int(found[1])).first()


def written(task: Task) -> str:
    """How `ItemsField` reads a task back."""
    return f"实事{task.number}" if task.is_project else str(task.number)
