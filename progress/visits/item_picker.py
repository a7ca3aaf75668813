"""Choosing one item of a plan by its number or by words of its title, from the browser's list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from huangshi_tasks.lib.fold import fold
from huangshi_tasks.lib.text import full_width
from progress.matters.fields import item_called, written
from tasks.models import Plan, Task

MISSING = "请写事项编号，重点工作如“17”，十件实事如“实事3”。"


class ItemPicker(forms.TextInput):
    """The line and its list; `plan` is set by the field."""

    plan: Plan

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Each item by its number and short title."""
        listed = f"{(attrs or {}).get('id', name)}-items"
        line = super().render(name, value, {**(attrs or {}), "list": listed}, renderer)
        items = Task.objects.filter(plan=self.plan).only("kind", "number", "short_title")
        rows = ((written(task), full_width(task.short_title)) for task in items)
        options = format_html_join("", '<option value="{}">{}</option>', rows)
        return format_html('{}<datalist id="{}">{}</datalist>', line, listed, options)


class ItemPickField(forms.CharField):
    """Cleans to the item."""

    widget = ItemPicker

    def __init__(self, plan: Plan) -> None:
        super().__init__(
            label="事项",
            max_length=60,
            help_text="写编号或标题中的词，从列出的事项中选",
            error_messages={"required": "请选择事项。"},
        )
        self.plan = plan
        self.widget.attrs["autocomplete"] = "off"
        self.widget.plan = plan

    def clean(self, value: Any) -> Task:
        words = super().clean(value)
        if (task := item_called(self.plan, words)) is not None:
            return task
        wanted = fold(words)
        items = Task.objects.filter(plan=self.plan)
        found = [each for each in items if wanted and wanted in fold(each.short_title)]
        if len(found) != 1:
            raise forms.ValidationError(
                f"有{len(found)}项的标题含“{words}”，{MISSING}"
                if found
                else f"没有找到“{words}”，{MISSING}"
            )
        return found[0]
