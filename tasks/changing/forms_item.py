"""The form of an item that a decision adds, with its first numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from huangshi_tasks.lib import text as chinese
from tasks.changing.added_items import NewItem
from tasks.changing.forms import CHOICE_ERRORS, TEXT_LENGTH, TITLE_LENGTH, DecisionForm
from tasks.changing.forms_indicator import rows_of_numbers
from tasks.models import Area, Cycle, Plan, Theme, Tracking
from units.face.fields import UnitChoiceField, UnitsChoiceField, day_field, line_field
from units.models import Unit


class AddForm(DecisionForm):
    """An item that a decision adds."""

    text = line_field("任务内容", TEXT_LENGTH, "请填写任务内容。", rows=4)
    short_title = line_field("短标题", TITLE_LENGTH, "请填写短标题，不超过16字。")
    theme = forms.ChoiceField(label="方面和小标题", error_messages=CHOICE_ERRORS)
    tracking = forms.ChoiceField(label="事项性质", choices=Tracking, error_messages=CHOICE_ERRORS)
    cycle = forms.ChoiceField(label="报送频次", choices=Cycle, error_messages=CHOICE_ERRORS)
    primary = UnitChoiceField(
        Unit.objects.none(),
        label="汇总牵头单位",
        empty_label="请选择",
        error_messages=CHOICE_ERRORS | {"required": "请选择汇总牵头单位。"},
    )
    leads = UnitsChoiceField(
        Unit.objects.none(),
        label="其他牵头单位",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOICE_ERRORS,
    )
    supports = UnitsChoiceField(
        Unit.objects.none(),
        label="配合单位",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOICE_ERRORS,
    )
    starts_on = day_field("起始日期")
    due_on = day_field("完成时限")
    field_order = (
        "text",
        "short_title",
        "theme",
        "tracking",
        "cycle",
        "primary",
        "leads",
        "supports",
        "starts_on",
        "due_on",
    )

    def __init__(self, data: Any = None, files: Any = None, *, plan: Plan, day: date) -> None:
        super().__init__(data, files, initial=_defaults(plan, day))
        current = Unit.objects.current(day)
        for name in ("primary", "leads", "supports"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = current
        self.numbers = rows_of_numbers(data, current)
        self.places = dict(_places(plan))
        theme = self.fields["theme"]
        assert isinstance(theme, forms.ChoiceField)
        theme.choices = [
            ("", "请选择"),
            *((key, words) for key, (_, _, words) in self.places.items()),
        ]

    def is_valid(self) -> bool:
        """Every row of numbers is looked at, so that all mistakes are told at once."""
        return all([super().is_valid(), *(row.is_valid() for row in self.numbers)])

    @property
    def item(self) -> NewItem:
        cleaned = self.cleaned_data
        area, theme, _ = self.places[cleaned["theme"]]
        others = [unit for unit in cleaned["leads"] if unit != cleaned["primary"]]
        return NewItem(
            text=cleaned["text"],
            short_title=cleaned["short_title"],
            area=area,
            theme=theme,
            tracking=cleaned["tracking"],
            cycle=cleaned["cycle"],
            leads=[cleaned["primary"], *others],
            supports=list(cleaned["supports"]),
            due_on=cleaned["due_on"],
            indicators=[row.indicator for row in self.numbers if not row.is_blank],
        )


def _defaults(plan: Plan, day: date) -> dict[str, Any]:
    due_on = date(plan.year, 12, 31)
    return {"starts_on": day, "due_on": due_on, "tracking": Tracking.MILESTONE}


def _places(plan: Plan) -> list[tuple[str, tuple[Area, Theme | None, str]]]:
    """Where an item can stand: under a sub-heading, or in a chapter without any."""
    found: list[tuple[str, tuple[Area, Theme | None, str]]] = []
    for area in plan.areas.prefetch_related("themes"):
        themes = list(area.themes.all())
        title = chinese.full_width(area.title)
        if not themes:
            found.append((f"a{area.pk}", (area, None, title)))
        for theme in themes:
            words = f"{title} · {chinese.full_width(theme.title)}"
            found.append((f"t{theme.pk}", (area, theme, words)))
    return found
