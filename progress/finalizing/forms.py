"""The forms of a period: its dates moved for everybody, and why it is finalized unread."""

from __future__ import annotations

from django import forms

from units.face.fields import day_field, reason_field


class FinalizeForm(forms.Form):
    """Why 定稿 does not wait until the office has read everything."""

    reason = reason_field("现在定稿的理由（记入日志和定稿记录，不少于5个字）", "请写明理由。")

    @property
    def text(self) -> str:
        """What was typed, if anything."""
        return str(self.data.get("reason", "")).strip()[:300]


class PeriodForm(forms.Form):
    """Opening, deadline and closing, and why."""

    opens_on = day_field("开始报送")
    due_on = day_field("报送截止")
    closes_on = day_field("关闭日期")
    reason = reason_field("调整原因（各单位可见）", "请填写调整原因。")
