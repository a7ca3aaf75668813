"""Forms of 责任清单: contacts of an item, an objection, an answer to a naming."""

from __future__ import annotations

from typing import Any

from django import forms

from progress.adjustments.objections import OBJECTIONS
from tasks.holders.receipts import CONTACTS
from tasks.models import Responsibility
from units.face.fields import REASON_LENGTH, line_field, reason_field

LENGTH = 40


class ContactsForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only for the checker
    """责任领导, 责任科室, 责任人, 联系电话; all may stay empty."""

    class Meta:
        model = Responsibility
        fields = CONTACTS
        error_messages = {name: {"max_length": f"不超过{LENGTH}字，请删减。"} for name in CONTACTS}

    def clean_telephone(self) -> str:
        """Digits, with what people write between them."""
        typed = str(self.cleaned_data["telephone"])
        if typed and not any(char.isdigit() for char in typed):
            raise forms.ValidationError("请填写电话号码，如 13800138000。")
        return typed

    @property
    def contacts(self) -> dict[str, str]:
        return {name: str(self.cleaned_data[name]) for name in CONTACTS}


class ObjectionForm(forms.Form):
    """What the unit objects to, and why."""

    about = forms.ChoiceField(
        label="异议内容",
        choices=[("", "请选择"), *OBJECTIONS.items()],
        error_messages={
            "required": "请选择异议内容。",
            "invalid_choice": "请在列出的内容中选择。",
        },
    )
    reason = reason_field("理由和建议", "请填写理由和建议，写明依据。")


class NamingAnswerForm(forms.Form):
    """Takes part, or not: then with a reason."""

    answer = forms.ChoiceField(
        choices=[("confirm", "确认"), ("object", "提出异议")],
        error_messages={
            "required": "请选择确认或提出异议。",
            "invalid_choice": "请选择确认或提出异议。",
        },
    )
    reason = line_field("异议理由", REASON_LENGTH, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == "object" and not cleaned.get("reason"):
            self.add_error("reason", "请填写异议理由。")
        return cleaned
