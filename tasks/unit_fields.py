"""Choices of units, written as pages print them."""

from __future__ import annotations

from typing import Any

from django import forms

from huangshi_tasks.lib import text as chinese


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """One unit by its name in full-width punctuation."""

    def label_from_instance(self, obj: Any) -> str:
        return chinese.full_width(str(obj))


class UnitsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Units by their names in full-width punctuation."""

    def label_from_instance(self, obj: Any) -> str:
        return chinese.full_width(str(obj))
