"""The numbers of an item in its editor, a row each."""

from __future__ import annotations

from typing import Any

from django import forms

from huangshi_tasks.lib import text as chinese
from tasks.changing.forms_indicator import IndicatorForm
from tasks.desk.correcting import DeskItem
from tasks.reader.parsed import ParsedIndicator
from units.face.fields import line_field

UNIT_LENGTH, SOURCE_LENGTH = 80, 200
SPARE_ROWS = 1  # empty rows below the numbers of an item
MOST_ROWS = 40


class NumberRow(IndicatorForm):
    """One number of the item; `source` is the words of the sentence that it stands in."""

    source = line_field("原文中的文字", SOURCE_LENGTH, required=False)
    reporting = forms.CharField(label="填报单位", required=False, max_length=UNIT_LENGTH)
    is_removed = forms.BooleanField(label="删除", required=False)
    field_order = ("name", "kind", "comparator", "value", "upper", "unit_of_measure", "reporting")

    def __init__(self, *args: Any, was: ParsedIndicator | None = None, **kwargs: Any) -> None:
        super().__init__(*args, units=(), may_be_empty=True, **kwargs)
        self.was = was
        del self.fields["unit"], self.fields["definition"], self.fields["tracks_start"]
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = str(field.label)

    @property
    def is_blank(self) -> bool:
        typed = ("name", "unit_of_measure", "value", "upper")
        is_empty = not any(str(self[name].value() or "").strip() for name in typed)
        return self.is_bound and (is_empty or bool(self["is_removed"].value()))

    @property
    def parsed(self) -> ParsedIndicator:
        cleaned, was = self.cleaned_data, self.was
        return ParsedIndicator(
            name=cleaned["name"],
            value=cleaned["value"],
            upper=cleaned["upper"],
            unit=cleaned["unit_of_measure"],
            comparator=cleaned["comparator"],
            kind=cleaned["kind"],
            direction=was.direction if was else "up",
            tracks_start=was.tracks_start if was else False,
            reporting=cleaned["reporting"],
            start=0,
            end=0,
            source_text=cleaned["source"],
        )

    def row(self) -> list[str]:
        """As it is compared, of a clean form."""
        return row_typed(self.parsed)


def row_shown(indicator: ParsedIndicator) -> dict[str, str]:
    return {
        "name": indicator.name,
        "value": chinese.plain(indicator.value),
        "upper": chinese.plain(indicator.upper) if indicator.upper is not None else "",
        "unit_of_measure": indicator.unit,
        "comparator": indicator.comparator,
        "kind": indicator.kind,
        "reporting": indicator.reporting,
        "source": indicator.source_text,
    }


def rows_shown(each: DeskItem) -> list[list[str]]:
    return [row_typed(one) for one in each.item.indicators]


def row_typed(one: ParsedIndicator) -> list[str]:
    upper = chinese.plain(one.upper) if one.upper is not None else ""
    return [
        one.name, chinese.plain(one.value), upper, one.unit, one.comparator, one.kind,
        one.reporting, one.source_text,
    ]  # fmt: skip
