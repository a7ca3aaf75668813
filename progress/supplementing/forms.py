"""On whose authority a supplement is taken over, and from when on it holds."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from tasks.changing.authority import Decision
from units.face.fields import day_field, line_field


class SupplementForm(forms.Form):
    """依据 and date come from the head of the supplement. `seen`: which state of the draft."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    authority = line_field("依据", 200, "请填写依据，如补充通知的文号。")
    decided_on = day_field("批准日期", is_past=True)
    decided_by = line_field("批准人或会议", 60, "请填写批准人或会议。")
    starts_on = day_field("生效日期")
    checked = forms.BooleanField(
        label="已与补充文件核对一致",
        error_messages={"required": "请先与补充文件逐项核对，再勾选。"},
    )

    def __init__(self, data: Any = None, *, authority: str, issued_on: date | None) -> None:
        given = {"authority": authority, "decided_on": issued_on, "starts_on": issued_on}
        super().__init__(data, initial=given)

    @property
    def decision(self) -> Decision:
        cleaned = self.cleaned_data
        return Decision(cleaned["decided_by"], cleaned["decided_on"], cleaned["authority"])
