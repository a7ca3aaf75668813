"""The widgets of forms as HTML, drawn as Django's own templates draw them, without a template: a
page of a report has thirty. FORM_RENDERER in the settings; what is not drawn here keeps its
template.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = widget["value"]
    of_value = "" if value is None else format_html(' value="{}"', str(value))
    kind, name, attrs = widget["type"], widget["name"], _attrs(widget)
    return format_html('<input type="{}" name="{}"{}{}>', kind, name, of_value, attrs)


def _textarea(widget: Mapping[str, Any]) -> SafeString:
    value = widget["value"] or ""
    return format_html(
        '<textarea name="{}"{}>\n{}</textarea>', widget["name"], _attrs(widget), value
    )


def _select(widget: Mapping[str, Any]) -> SafeString:
    drawn = []
    for name, options, _ in widget["optgroups"]:
        inside = format_html_join("", "\n  {}", ((_option(each),) for each in options))
        group = '\n  <optgroup label="{}">{}\n  </optgroup>'
        drawn.append(format_html(group, name, inside) if name else inside)
    all_of_it = format_html_join("", "{}", ((each,) for each in drawn))
    return format_html(
        '<select name="{}"{}>{}\n</select>', widget["name"], _attrs(widget), all_of_it
    )


def _option(widget: Mapping[str, Any]) -> SafeString:
    value, label = str(widget["value"]), widget["label"]
    return format_html('<option value="{}"{}>{}</option>', value, _attrs(widget), label)


def _attrs(widget: Mapping[str, Any]) -> SafeString:
    parts = []
    for name, value in widget["attrs"].items():
        if value is not False:
            of_value = "" if value is True else f'="{conditional_escape(str(value))}"'
            parts.append(f" {conditional_escape(name)}{of_value}")
    return mark_safe("".join(parts))  # noqa: S308 - escaped above


OF_DJANGO = "django/forms/widgets/{}.html"
INPUTS = ("input", "text", "hidden", "date", "checkbox", "number", "email", "password")
OPTIONS = ("checkbox_option", "radio_option")  # without their label
DRAWN: dict[str, Callable[[Mapping[str, Any]], SafeString]] = {
    OF_DJANGO.format("textarea"): _textarea,
    OF_DJANGO.format("select"): _select,
    **{OF_DJANGO.format(name): _input for name in (*INPUTS, *OPTIONS)},
}


class Renderer(DjangoTemplates):
    """Django's, but for `DRAWN`."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        draw = DRAWN.get(template_name)
        widget = context.get("widget", {})
        if draw is not None and not widget.get("wrap_label"):
            return draw(widget)
        return super().render(template_name, context, request=request)
