"""Forms of 计划调整: an item added, a wording mended, cycle, visibility, officers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from huangshi_tasks.lib import text as chinese
from tasks.act_forms import day_field, reason_field
from tasks.added_items import NewItem
from tasks.authority import Decision
from tasks.models import Area, Cycle, Plan, Task, Theme, Tracking, Visibility
from units.models import Role, Unit, User

LENGTHS = {"text": 2000, "short_title": 16, "decided_by": 60, "authority": 200}
NOT_LISTED = "请在列出的内容中选择。"
CHOICE_ERRORS = {
    "required": "请选择。",
    "invalid_choice": NOT_LISTED,
    "invalid_pk_value": NOT_LISTED,
    "invalid_list": NOT_LISTED,
}


def _line(name: str, label: str, ask: str, *, area: bool = False) -> forms.CharField:
    widget = forms.Textarea({"rows": 4}) if area else forms.TextInput()
    return forms.CharField(
        label=label,
        max_length=LENGTHS[name],
        widget=widget,
        error_messages={"required": ask, "max_length": f"不超过{LENGTHS[name]}字，请删减。"},
    )


class UnitsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Units by their names in full-width punctuation."""

    def label_from_instance(self, obj: Any) -> str:
        return chinese.full_width(str(obj))


class DecisionForm(forms.Form):
    """By whom, when, on which paper."""

    decided_by = _line("decided_by", "批准人或会议", "请填写批准人或会议。")
    decided_on = day_field("批准日期", "请填写批准日期。")
    authority = _line("authority", "依据", "请填写依据，如会议纪要文号。")

    @property
    def decision(self) -> Decision:
        cleaned = self.cleaned_data
        return Decision(cleaned["decided_by"], cleaned["decided_on"], cleaned["authority"])


class MendForm(DecisionForm):
    """The new words, why, and on whose authority."""

    text = _line("text", "修订后的任务内容", "请填写修订后的任务内容。", area=True)
    short_title = _line("short_title", "短标题", "请填写短标题。")
    reason = reason_field("修订原因", "请填写修订原因。")
    field_order = ("text", "short_title", "reason", "decided_by", "decided_on", "authority")

    def __init__(self, data: Any = None, *, task: Task) -> None:
        words = {"text": task.words, "short_title": task.short_title}
        super().__init__(data, initial=words)


class CycleForm(forms.Form):
    """How often it reports, and why that changes."""

    cycle = forms.ChoiceField(label="报送频次", choices=Cycle, error_messages=CHOICE_ERRORS)
    reason = reason_field("原因", "请填写原因。")


class VisibilityForm(forms.Form):
    """知悉范围, with those who may know of a restricted item."""

    visibility = forms.ChoiceField(
        label="知悉范围", choices=Visibility, error_messages=CHOICE_ERRORS
    )
    readers = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="指定知悉人",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOICE_ERRORS,
    )
    reason = reason_field("原因", "请填写原因。")

    def __init__(self, data: Any = None, *, task: Task, day: date) -> None:
        named = task.named_readers.all()
        super().__init__(data, initial={"visibility": task.visibility, "readers": named})
        reading = User.objects.filter(
            appointments__role__in=(Role.LEADER, Role.OBSERVER),
            appointments__starts_on__lte=day,
        )
        field = self.fields["readers"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = reading.exclude(appointments__ends_on__lt=day).distinct()


class AddForm(DecisionForm):
    """An item that a decision adds."""

    text = _line("text", "任务内容", "请填写任务内容。", area=True)
    short_title = _line("short_title", "短标题", "请填写短标题，不超过16字。")
    theme = forms.ChoiceField(label="方面和小标题", error_messages=CHOICE_ERRORS)
    tracking = forms.ChoiceField(label="事项性质", choices=Tracking, error_messages=CHOICE_ERRORS)
    cycle = forms.ChoiceField(label="报送频次", choices=Cycle, error_messages=CHOICE_ERRORS)
    primary = forms.ModelChoiceField(
        Unit.objects.none(),
        label="汇总牵头单位",
        empty_label="请选择",
        error_messages=CHOICE_ERRORS | {"required": "请选择汇总牵头单位。"},
    )
    leads = UnitsField(
        Unit.objects.none(),
        label="其他牵头单位",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOICE_ERRORS,
    )
    supports = UnitsField(
        Unit.objects.none(),
        label="配合单位",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOICE_ERRORS,
    )
    starts_on = day_field("起始日期", "请填写起始日期。")
    due_on = day_field("完成时限", "请填写完成时限。")
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

    def __init__(self, data: Any = None, *, plan: Plan, day: date) -> None:
        super().__init__(data, initial=_defaults(plan, day))
        current = Unit.objects.current(day)
        for name in ("primary", "leads", "supports"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = current
        self.places = dict(_places(plan))
        theme = self.fields["theme"]
        assert isinstance(theme, forms.ChoiceField)
        theme.choices = [
            ("", "请选择"),
            *((key, words) for key, (_, _, words) in self.places.items()),
        ]

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
