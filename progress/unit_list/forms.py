"""One form for each act on a unit."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from tasks.models import PlanState, Responsibility
from units.city.words import kind_choices
from units.face.fields import UnitChoiceField, day_field, line_field
from units.models import Appointment, Unit


class RenameForm(forms.Form):
    """更名."""

    name = line_field("新名称", 60, "请填写新名称。")
    starts_on = day_field("自哪天起")
    authority = line_field("依据", 200, "请填写依据，如文号。", hint="文号")


class AliasForm(forms.Form):
    """别名."""

    name = line_field("别名", 60, "请填写别名。", hint="通知里的其他写法")


class EditForm(forms.Form):
    """资料: what is neither name nor day."""

    kind = forms.ChoiceField(
        label="单位类别",
        error_messages={"required": "请选择单位类别。", "invalid_choice": "请选择单位类别。"},
    )
    parent = UnitChoiceField(
        Unit.objects.none(),
        label="上级单位",
        required=False,
        empty_label="没有",
        error_messages={"invalid_choice": "请选择上级单位。"},
    )
    rank_group = line_field("排名组别", 20, required=False, hint="同组比较；不排名的留空")
    telephone = line_field("值班电话", 40, required=False)
    pinyin = line_field("拼音首字母", 60, required=False, hint="查找用，小写")
    ordinal = forms.IntegerField(
        label="排序",
        min_value=0,
        max_value=32767,
        help_text="列表中的次序",
        error_messages={
            "required": "请填写排序，如0。",
            "invalid": "排序填整数。",
            "min_value": "排序填0至32767之间的整数。",
            "max_value": "排序填0至32767之间的整数。",
        },
    )

    def __init__(self, *args: Any, unit: Unit, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, parent = self.fields["kind"], self.fields["parent"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(parent, forms.ModelChoiceField)
        kind.choices = kind_choices()
        parent.queryset = Unit.objects.current(today).exclude(pk=unit.pk)
        self.initial = {name: getattr(unit, name) for name in self.fields}


class RetireForm(forms.Form):
    """停用."""

    retired_on = day_field("自哪天起停用")
    authority = line_field("依据", 200, "请填写依据，如文号。", hint="文号")


class MergeForm(forms.Form):
    """合并: the unit goes into another."""

    into = UnitChoiceField(
        Unit.objects.none(),
        label="并入方",
        empty_label="请选择",
        error_messages={"required": "请选择并入方。", "invalid_choice": "请选择并入方。"},
    )
    starts_on = day_field("自哪天起")
    authority = line_field("依据", 200, "请填写依据，如文号。", hint="文号")

    def __init__(self, *args: Any, unit: Unit, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into = self.fields["into"]
        assert isinstance(into, forms.ModelChoiceField)
        into.queryset = Unit.objects.current(today).exclude(pk=unit.pk)


class SplitForm(MergeForm):
    """拆分: chosen items and people go to another unit."""

    tasks = forms.TypedMultipleChoiceField(label="转入的事项", coerce=int, required=False)
    people = forms.TypedMultipleChoiceField(label="转入的人员", coerce=int, required=False)

    def __init__(
        self, *args: Any, unit: Unit, today: date, with_items: bool, **kwargs: Any
    ) -> None:
        """`with_items`: items are the office's to read and to move."""
        super().__init__(*args, unit=unit, today=today, **kwargs)
        self.fields["into"].label = "承接单位"
        held = Responsibility.objects.not_over(today).filter(unit=unit)
        held = held.exclude(task__plan__state=PlanState.ARCHIVED).select_related("task__plan")
        people = Appointment.objects.not_over(today).filter(unit=unit).select_related("user")
        choices = {
            "tasks": [(row.task_id, f"{row.task}（{row.get_role_display()}）") for row in held],
            "people": [(row.pk, f"{row.user}（{row.get_role_display()}）") for row in people],
        }
        if not with_items:
            del self.fields["tasks"], choices["tasks"]
        for name, found in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.TypedMultipleChoiceField)
            field.choices = found
            field.widget = forms.CheckboxSelectMultiple(choices=found)


class AddForm(forms.Form):
    """新增单位."""

    name = line_field("单位名称", 60, "请填写单位名称。")
    kind = forms.ChoiceField(
        label="单位类别",
        error_messages={"required": "请选择单位类别。", "invalid_choice": "请选择单位类别。"},
    )
    rank_group = line_field("排名组别", 20, required=False, hint="同组比较；不排名的留空")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [("", "请选择"), *kind_choices()]
