"""A designation, another name of it, a member, the end of a membership."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from units.city.words import kind_choices
from units.face.fields import day_field, line_field
from units.face.unit_picker import UnitPickField
from units.models import GroupMode, Unit, UnitGroup, UnitGroupMember
from units.people.admin_forms import DatedForm
from units.people.unit_names import NameForm


class GroupForm(NameForm):
    """集合称谓: its name leads to it alone."""

    class Meta:
        model = UnitGroup
        fields = ["name", "mode", "member_kind", "ordinal"]
        help_texts = {
            "member_kind": "选了类别的，该类在用单位都是成员；不选的，在下面逐个登记",
            "ordinal": "列表中的次序",
        }
        error_messages = {
            "name": {"required": "请填写集合称谓。", "unique": "已有这个集合称谓。"},
            "mode": {"required": "请选择含义。"},
            "ordinal": {"required": "请填写排序，如0。", "invalid": "排序填整数。"},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, mode = self.fields["member_kind"], self.fields["mode"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(mode, forms.ChoiceField)
        kind.choices = [("", "不按类别"), *kind_choices()]
        mode.choices = [("", "请选择"), *GroupMode.choices]


class MemberForm(DatedForm):
    """成员: which unit, from when."""

    class Meta:
        model = UnitGroupMember
        fields = ["group", "unit", "starts_on", "ends_on"]  # whole, so that constraints are asked


class EndedMemberForm(DatedForm):
    """The last day of a membership."""

    class Meta:
        model = UnitGroupMember
        fields = ["ends_on"]


class AliasForm(forms.Form):
    """别名."""

    name = line_field("别名", 60, "请填写别名。", hint="通知里的其他写法")


class JoinForm(forms.Form):
    """新增成员."""

    unit = UnitPickField(
        Unit.objects.none(), label="单位", error_messages={"required": "请选择单位。"}
    )
    starts_on = day_field("自哪天起")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, UnitPickField)
        field.queryset = field.widget.units = Unit.objects.current(today)
        self.fields["starts_on"].initial = today


class LeaveForm(forms.Form):
    """终止成员."""

    ends_on = day_field("最后一天")
