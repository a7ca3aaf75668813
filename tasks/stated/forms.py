"""What is typed once of a figure."""

from __future__ import annotations

from django import forms

from units.face.fields import line_field


class StatedForm(forms.Form):
    """Where it comes from and how it is counted."""

    data_source = line_field(
        "数据来源", 120, "请填写数据来源。", hint="如“统计月报”“项目台账”“县区上报汇总”"
    )
    definition = line_field("口径", 300, "请填写口径。", hint="怎样算一个，从哪一天起算")
    remark = line_field("说明", 300, required=False, hint="可不填")
