"""Form fields for units."""

from __future__ import annotations

from django import forms

from huangshi_tasks.lib.text import full_width
from units.models import Unit


class UnitChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """One unit; its name with full-width brackets, as on every page."""

    def label_from_instance(self, obj: Unit) -> str:
        return full_width(str(obj))


class UnitsChoiceField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # the same
    """Several units."""

    def label_from_instance(self, obj: Unit) -> str:
        return full_width(str(obj))
