"""The forms of 原件: how a notice is to be read, and what its columns hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from tasks.desk.changes import SERIES, Change
from tasks.desk.content import Content
from tasks.desk.originals.head import LABELS, HeadField, changes_of
from tasks.reader.decisions import CONVENTION, STYLE
from units.face.fields import TOO_LONG, day_field, line_field

FIRST_YEAR, LAST_YEAR = 2000, 2100
FORM = "reading"  # the id of the form element: its controls stand in several panels
NOT_A_YEAR = "年度请填四位数字，如2023。"


class ReadingForm(forms.Form):
    """文件信息, 写法 and the conventions of the whole notice.

    What was not read may stay empty: it is filled step by step.
    """

    title = line_field("标题", 200, required=False, is_cut=False)
    document_number = line_field("文号", 60, required=False, is_cut=False)
    issued_on = day_field("成文日期", required=False)
    year = forms.IntegerField(
        label="年度",
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.TextInput({"inputmode": "numeric", "maxlength": 4}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), NOT_A_YEAR),
    )
    series = line_field("台账名称", 60, required=False, is_cut=False, too_long=TOO_LONG)
    confirmed = forms.MultipleChoiceField(
        choices=[(name, label) for name, label in LABELS.items() if name != SERIES],
        required=False,
    )
    style = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": "请在列出的写法中选择。"}
    )
    conventions = forms.MultipleChoiceField(required=False)

    def __init__(self, content: Content, fields: Sequence[HeadField], data: Any = None) -> None:
        super().__init__(data, initial={each.name: each.value for each in fields})
        self.content, self.head = content, list(fields)
        styles = [(each.name, each.title) for each in content.reading.candidates]
        shown = [(each.key, each.sentence) for each in content.reading.conventions]
        for name, choices in (("style", styles), ("conventions", shown)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        for each in fields:
            attrs = self.fields[each.name].widget.attrs
            attrs |= {"form": FORM, "aria-describedby": f"src-{each.name}"}
            if each.is_open:
                attrs["class"] = "is-chk"

    @property
    def rows(self) -> list[tuple[HeadField, forms.BoundField]]:
        """The fields of the head, each with its control."""
        return [(each, self[each.name]) for each in self.head]

    @property
    def ticked(self) -> list[str]:
        """What was confirmed and has not been saved yet."""
        return self._typed("confirmed", [])

    @property
    def style_now(self) -> str:
        style: str = self.data.get("style") or self.content.reading.style
        return style

    @property
    def conventions_now(self) -> list[str]:
        read = [each.key for each in self.content.reading.conventions if each.is_on]
        return self._typed("conventions", read)

    def _typed(self, name: str, unbound: list[str]) -> list[str]:
        return self.data.getlist(name) if isinstance(self.data, QueryDict) else unbound

    def clean(self) -> dict[str, Any]:
        """What was read may be mended, not emptied."""
        cleaned = super().clean() or {}
        for each in self.head:
            if each.name not in self.errors and each.value and not cleaned.get(each.name):
                self.add_error(each.name, f"{each.label}不能为空。")
        return cleaned

    def changes(self, *, is_start: bool) -> list[Change]:
        """What was said. `is_start`: whoever goes on has seen the conventions and confirms them."""
        given = self.cleaned_data
        typed = {name: str(given.get(name) or "") for name in LABELS}
        made = changes_of(typed, given["confirmed"], self.head)
        style = given["style"]
        if style and style != self.content.reading.style:
            made.append(Change(STYLE, "", style))
        for each in self.content.reading.conventions:
            wanted = each.key in given["conventions"]
            is_said = is_start and each.said is not None and not each.is_confirmed
            if wanted != each.is_on or is_said:
                made.append(Change(CONVENTION, each.key, "yes" if wanted else "no"))
        return made

    def words(self, made: Sequence[Change]) -> str:
        """What the green line prints of them."""
        said = []
        for each in made:
            if each.about == STYLE:
                style = self.content.reading.candidates
                said.append(f"写法：{next(s.title for s in style if s.name == each.value)}")
            elif each.about == CONVENTION:
                rules = self.content.reading.conventions
                sentence = next(rule.sentence for rule in rules if rule.key == each.key)
                said.append(f"{'采用' if each.value == 'yes' else '不采用'}“{sentence}”")
            else:
                said.append(f"{_label_of(each)}：{each.value if each.key in LABELS else '没有'}")
        return "；".join(said)


def _label_of(change: Change) -> str:
    return LABELS.get(change.key, change.key.rpartition("未找到")[2])
