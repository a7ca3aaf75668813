"""The form that moves the dates of a period for everybody."""

from __future__ import annotations

from django import forms

from units.face.fields import day_field, reason_field


class PeriodForm(forms.Form):
    """Opening, deadline and closing, and why."""

    opens_on = day_field("开始报送")
    due_on = day_field("报送截止")
    closes_on = day_field("关闭日期")
    reason = reason_field("调整原因（各单位可见）", "请填写调整原因。")
