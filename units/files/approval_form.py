"""The fields of an approval, wherever the office registers a decision taken elsewhere."""

from __future__ import annotations

from datetime import datetime

from django import forms

from units.actors import Actor
from units.face.fields import day_field, line_field
from units.files.approvals import new_approval
from units.files.upload_fields import file_field
from units.models import Approval, Post


class ApprovalForm(forms.Form):
    """批准: who decided, when, on what authority, with the scan."""

    decided_by = line_field("批准人职务或会议", 60, "请填写由谁批准，如“分管领导”。")
    post = forms.ModelChoiceField(
        Post.objects.filter(retired_on__isnull=True),
        label="职务（在册的请选择）",
        required=False,
        empty_label="不选",
        error_messages={"invalid_choice": "请从列出的职务中选择。"},
    )
    decided_on = day_field("批准日期", is_past=True)
    authority = line_field("依据", 200, "请填写依据，如纪要名称和编号。")
    scan = file_field("批准件扫描件", required=False)

    def approval(self, actor: Actor, now: datetime) -> Approval:
        """What the cleaned fields say, not saved; the scan is the caller's to keep."""
        names = ("decided_by", "post", "decided_on", "authority")
        said = {name: self.cleaned_data[name] for name in names}
        return new_approval(actor=actor, now=now, **said)
