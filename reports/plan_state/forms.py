"""What 归档 and opening again ask for: by which decision."""

from __future__ import annotations

from django import forms

from progress.matters.fields import text_field

SHORTEST = 5


class DecisionForm(forms.Form):
    """依据, for the log."""

    reason = text_field(
        "依据", "请写明依据，如“2023年2月6日市政府办公室主任办公会同意”。", length=300
    )

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"].strip()
        if len(reason) < SHORTEST:
            raise forms.ValidationError(f"请写明依据，不少于{SHORTEST}个字。")
        return reason
