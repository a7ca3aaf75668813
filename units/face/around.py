"""A form field with what stands around its control: label, hint, counter, help, errors. What stands
around is the same for everybody and drawn once; the control, with what was typed, each time.
"""

from __future__ import annotations

from typing import NamedTuple

from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    RadioSelect,
    Select,
    Widget,
)
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from units.face.remembered import drawn

TEMPLATE = "_field_around.html"


class Around(NamedTuple):
    """All that `_field_around.html` knows of a field; the control is put in afterwards."""

    kind: str
    label: str
    id_for_label: str
    auto_id: str
    is_required: bool
    help_text: str
    hint: str
    counter: int
    errors: tuple[str, ...]

    @property
    def control(self) -> str:
        """Where the control will stand: a sign that no text of a field has."""
        return "\x00"


def form_field(field: BoundField, hint: str = "", counter: int | str = 0) -> SafeString:
    """See `templates/_form_field.html`."""
    around = Around(
        widget_kind(field),
        conditional_escape(field.label),
        field.id_for_label or "",
        field.auto_id,
        field.field.required,
        conditional_escape(field.help_text),
        conditional_escape(hint),
        int(counter or 0),
        tuple(conditional_escape(str(each)) for each in field.errors),
    )
    inside = chips(field) if around.kind == "choices" else control(field)
    return mark_safe(drawn(TEMPLATE, around).replace(around.control, inside))  # noqa: S308 - both drawn


def chips(field: BoundField) -> SafeString:
    """The choices of radio buttons and checkbox lists."""
    options = ((each.id_for_label, each.tag(), each.choice_label) for each in field)
    return format_html_join("", '<label class="chip ck" for="{}">{}{}</label>', options)


def widget_kind(field: BoundField) -> str:
    """Which markup a field has: checkbox, choices, file or control."""
    widget: Widget = field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    return "file" if isinstance(widget, FileInput) else "control"


def control(field: BoundField) -> SafeString:
    """The field's widget with the theme's classes, red when it has errors."""
    widget: Widget = field.field.widget
    if isinstance(widget, CheckboxInput):
        css = "form-check-input"
    else:
        css = "form-select" if isinstance(widget, Select) else "form-control"
    own = widget.attrs.get("class", "")
    bad = "is-bad" if field.errors else ""
    return field.as_widget(attrs={"class": " ".join(filter(None, (css, own, bad)))})
