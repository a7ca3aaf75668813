"""Forms of adjustments: what is asked, what is registered, how a suspension ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms

from progress.adjustments.checks import mistakes
from progress.models import AdjustmentKind
from tasks.models import Indicator, Responsibility, ResponsibilityRole, Task
from units.face.fields import UnitChoiceField, day_field, line_field, reason_field
from units.face.number_field import NumberField, may_follow
from units.face.unit_picker import UnitPickField
from units.files.approval_form import ApprovalForm
from units.files.upload_fields import file_field
from units.models import Unit


class KindForm(forms.Form):
    """The fields of one kind of adjustment; `detail` is what the domain reads."""

    def __init__(
        self, *args: Any, kind: str, task: Task, today: date, must_change: bool = True, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.kind, self.task, self.today, self.must_change = kind, task, today, must_change
        what = FIELDS_OF[kind](task, today) if kind in FIELDS_OF else {}
        # what is asked comes before reason, dates and files
        self.fields = {**what, **self.fields}
        self.what = list(what)
        if kind == AdjustmentKind.TARGET and self.is_bound:
            self._take_its_unit()

    def _take_its_unit(self) -> None:
        """The unit of the chosen indicator may stand behind its figures (`12个`)."""
        try:
            chosen = self.fields["indicator"].clean(self["indicator"].data)
        except forms.ValidationError:
            return
        may_follow(self, chosen.unit_of_measure, "value", "upper")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.kind == AdjustmentKind.TARGET and not self.has_error("value"):
            value, upper = cleaned.get("value"), cleaned.get("upper")
            if value is None:
                self.add_error("value", "请填写新的目标值。")
            elif upper is not None and upper <= value:
                self.add_error("upper", "上限须大于目标值；没有上限的，请清空。")
        if self.kind == AdjustmentKind.RESPONSIBILITY:
            self._clean_responsibility(cleaned)
        said = {name: cleaned.get(name) for name in ("starts_on", "due_on", "indicator", "value")}
        for name, sentence in mistakes(self.task, self.kind, today=self.today, **said).items():
            self.add_error(name, sentence)
        return cleaned

    def _clean_responsibility(self, cleaned: dict[str, Any]) -> None:
        unit, role = cleaned.get("unit"), cleaned.get("role")
        if unit is not None and not role and not self.has_error("role"):
            self.add_error("role", "请选择新承担单位的责任类别。")
        if self.must_change and unit is None and cleaned.get("leaving") is None:
            self.add_error("unit", "请选择退出的单位或新承担责任的单位。")

    @property
    def detail(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {name: _plain(self.cleaned_data.get(name)) for name in self.what}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Unit | Indicator):
        return value.pk
    return value.isoformat() if isinstance(value, date) else str(value)


def _extension(task: Task, today: date) -> dict[str, forms.Field]:
    return {"due_on": day_field("新的完成时限")}


def _target(task: Task, today: date) -> dict[str, forms.Field]:
    indicators = Indicator.objects.filter(task=task)
    return {
        "indicator": forms.ModelChoiceField(
            indicators,
            label="指标",
            initial=indicators.first(),
            empty_label="请选择",
            error_messages={"required": "请选择指标。", "invalid_choice": "请选择此事项的指标。"},
        ),
        "value": NumberField(label="新的目标值"),
        "upper": NumberField(label="上限（区间目标填写）"),
    }


def _responsibility(task: Task, today: date) -> dict[str, forms.Field]:
    held = Responsibility.objects.not_over(today).filter(task=task)
    wrong = {"invalid_choice": "请从列出的单位中选择。"}
    return {
        "leaving": UnitChoiceField(
            Unit.objects.filter(pk__in=held.values("unit_id")),
            label="退出的单位",
            required=False,
            empty_label="无",
            error_messages=wrong,
        ),
        "unit": UnitPickField(
            Unit.objects.current(today),
            label="新承担责任的单位",
            required=False,
            error_messages=wrong,
        ),
        "role": forms.ChoiceField(
            label="责任类别",
            required=False,
            choices=[("", "请选择"), *ResponsibilityRole.choices],
            error_messages={"invalid_choice": "请从列出的类别中选择。"},
        ),
        "becomes_primary": forms.BooleanField(label="由其担任汇总牵头单位", required=False),
    }


FIELDS_OF: dict[str, Callable[[Task, date], dict[str, forms.Field]]] = {
    AdjustmentKind.EXTENSION: _extension,
    AdjustmentKind.TARGET: _target,
    AdjustmentKind.RESPONSIBILITY: _responsibility,
}


class AskForm(KindForm):
    """A request: what, from when, why, with evidence."""

    starts_on = day_field("拟生效日期")
    ends_on = day_field("中止至（可不填）", required=False)
    reason = reason_field("原因", "请填写原因。")
    file = file_field("佐证材料", required=False)

    def __init__(self, *args: Any, is_office: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = self.fields["file"].widget.is_required = not is_office
        if self.kind != AdjustmentKind.SUSPENSION:
            del self.fields["ends_on"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", "中止的最后一天不能早于生效日期。")
        return cleaned


class RegisterForm(KindForm, ApprovalForm):
    """What was decided, which may differ from what was asked, with its approval."""

    starts_on = day_field("生效日期")
    answer = line_field("答复（可不填，告知申请单位）", 300, "", required=False)


class DecisionForm(KindForm, ApprovalForm):
    """登记调整 in one step: what was decided, from when, why, with its approval."""

    starts_on = day_field("生效日期")
    ends_on = day_field("中止至（可不填）", required=False)
    reason = reason_field("原因", "请填写原因。")
    field_order = ("starts_on", "ends_on", "reason", "decided_by", "post", "decided_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.kind != AdjustmentKind.SUSPENSION:
            del self.fields["ends_on"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", "中止的最后一天不能早于生效日期。")
        return cleaned


class EndForm(forms.Form):
    """恢复办理 of a suspended item."""

    last_day = day_field("中止的最后一天")
    reason = reason_field("原因和依据", "请填写恢复办理的原因和依据。")
