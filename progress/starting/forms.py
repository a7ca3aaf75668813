"""The forms of 启用检查 and of 启用时遗留, but for those of names (`forms_names`)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from huangshi_tasks.lib import text
from progress.periods.beginning import Beginning
from units.face.fields import day_field, line_field

TICK = "请先与印发文件逐项核对，再勾选“已与印发文件核对一致”。"
TOO_SOON = "补报截止日期最早为{day}，留足5个工作日。"
TOO_LATE = "补报截止日期不能晚于{day}。"


class StartForm(forms.Form):
    """From which period on, and the tick. `seen`: which state of the draft was on the page."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    beginning = forms.ChoiceField(
        label="从哪一期开始报送",
        choices=Beginning.choices,
        initial=Beginning.SKIP,
        widget=forms.RadioSelect,
        error_messages={
            "required": "请选择从哪一期开始报送。",
            "invalid_choice": "请从列出的办法中选择从哪一期开始报送。",
        },
    )
    due_on = day_field("补报截止日期", required=False)
    checked = forms.BooleanField(label="已与印发文件核对一致", error_messages={"required": TICK})

    def __init__(
        self, data: Any = None, *, values: list[str], earliest: date, latest: date
    ) -> None:
        """`values`: the beginnings that are offered; none where the year begins in time."""
        super().__init__(data, initial={"due_on": earliest})
        self.earliest, self.latest = earliest, latest
        if values:
            offered = [(each.value, each.label) for each in Beginning if each.value in values]
            field = self.fields["beginning"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered
        else:
            del self.fields["beginning"], self.fields["due_on"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        due_on = cleaned.get("due_on")
        if cleaned.get("beginning") != Beginning.LATE:
            cleaned["due_on"] = None
        elif due_on is not None and due_on < self.earliest:
            self.add_error("due_on", TOO_SOON.format(day=text.long_day(self.earliest)))
        elif due_on is not None and due_on > self.latest:
            self.add_error("due_on", TOO_LATE.format(day=text.long_day(self.latest)))
        return cleaned


class SolveForm(forms.Form):
    """What came of a question that was left open."""

    solution = line_field("处理情况", 200, "请写明怎样处理的，如“已与印发文件核对，原文如此”。")


class NumberForm(forms.Form):
    """文号 that was not there at 启用."""

    document_number = line_field("文号", 60, "请填写文号。")
