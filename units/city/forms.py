"""The form of 名称和称谓."""

from __future__ import annotations

from typing import Any

from django import forms

from units.city.names import kinds_of, named
from units.face.fields import line_field
from units.models import City, UnitKind
from units.models.city import Level

FOLLOWS = "留空按级别自动确定。"


class CityForm(forms.Form):
    """What the place is called. Only name, level and office must be said."""

    level = forms.ChoiceField(
        label="级别",
        choices=Level.choices,
        error_messages={"required": "请选择级别。", "invalid_choice": "请选择级别。"},
    )
    name = line_field("地名", 20, "请填写地名，如“某某市”“某某县”。", hint="如“某某市”“某某县”")
    organisation = line_field(
        "机关名称",
        60,
        required=False,
        hint="页面和文件的落款；留空为“地名＋人民政府办公室”",
    )
    bureau = line_field("督查机构", 30, "请填写督查机构。", hint="如“督查室”“政务督查室”")
    phone = line_field("业务咨询电话", 40, required=False)
    title = line_field("系统名称", 40, required=False, hint="留空为“地名＋政府重点工作督查系统”")
    sender = line_field("短信和邮件署名", 20, required=False, hint="留空同督查机构")
    letterhead = line_field("文件版头署名", 60, required=False, hint="留空为机关名称和督查机构")
    head = line_field("政府主要领导", 10, required=False, hint="如“市长”“县长”“区长”")
    leaders = line_field("政府领导统称", 10, required=False, hint="如“市领导”“县领导”“区领导”")
    regions = line_field("下级地方统称", 20, required=False, hint="如“县（市、区）”“乡镇”“镇街道”")
    addressee = line_field("通报主送", 120, required=False)

    def __init__(self, data: Any = None, *, row: City) -> None:
        values = {name: getattr(row, name) for name in FIELDS}
        words = {_field(kind): row.kind_words.get(kind, "") for kind in UnitKind}
        super().__init__(data, initial=values | words)
        proposed = kinds_of(named(row).level, named(row).regions)
        for kind in UnitKind:
            self.fields[_field(kind)] = line_field(
                f"单位类别：{proposed[kind]}", 20, required=False, hint=f"留空为“{proposed[kind]}”"
            )

    def clean(self) -> dict[str, Any]:
        """`kind_words` has the words that were typed."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        words = {str(kind): cleaned.pop(_field(kind), "") for kind in UnitKind}
        filled = [word for word in words.values() if word]
        if len(filled) != len(set(filled)):
            raise forms.ValidationError("两个单位类别写了同样的名称，请改为不同的名称。")
        return cleaned | {"kind_words": {kind: word for kind, word in words.items() if word}}

    @property
    def kinds(self) -> list[forms.BoundField]:
        """The fields of the kinds, for a part of their own."""
        return [self[_field(kind)] for kind in UnitKind]

    @property
    def names(self) -> list[forms.BoundField]:
        """All others."""
        return [self[name] for name in FIELDS]


FIELDS = tuple(CityForm.base_fields)


def _field(kind: str) -> str:
    return f"kind_{kind}"
