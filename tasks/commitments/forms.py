"""What the office types about commitments."""

from __future__ import annotations

from typing import Any

from django import forms

from tasks.models import CommitmentDecision
from units.face.fields import line_field

TAKE_BACK = "撤回决定"
CHOICES = [*CommitmentDecision.choices, ("", TAKE_BACK)]


class DecideForm(forms.Form):
    """How one commitment is judged, and why."""

    ordinal = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(label="计量方式", choices=CHOICES, required=False)
    reason = line_field("说明", 300, required=False, hint="为什么不用指标或节点计量")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("decision") and not given.get("reason"):
            self.add_error("reason", "请说明原因。")
        return given


class AddForm(forms.Form):
    """One more commitment, copied out of the sentence."""

    text = line_field("承诺原文", 200, hint="从事项原文中摘录，一字不差")
