"""Forms of 办结销号: the claim with its numbers, the check, the closing; and 年终结果."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms

from progress.models import ClosureFigure, Outcome
from tasks.models import Indicator, Task
from units.face.fields import day_field, line_field, reason_field
from units.face.number_field import NumberField
from units.files.approval_form import ApprovalForm
from units.files.upload_fields import file_field

LONGEST = 1000
ASK_FIGURE = "请填写完成数。"
CHECKS = [("papers", "资料核查"), ("on_site", "现场核查")]


class ClaimForm(forms.Form):
    """申请办结: what was reached, number by number, and in words, with evidence."""

    statement = line_field(
        "办结情况", LONGEST, "请写明完成情况：做了什么、完成多少、何时完成。", rows=4
    )

    def __init__(
        self,
        *args: Any,
        indicators: Iterable[Indicator],
        reached: dict[int, Decimal | None],
        is_office: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.indicators = list(indicators)
        for each in self.indicators:
            unit = each.unit_of_measure
            field = NumberField(
                label=f"{each.name}完成数（{unit}）", unit=unit, may_be_negative=True
            )
            field.initial = reached.get(each.pk)
            self.fields[_name(each.pk)] = field
        self.fields["file"] = file_field("佐证材料", required=not is_office)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for each in self.indicators:
            name = _name(each.pk)
            if cleaned.get(name) is None and not self.has_error(name):
                self.add_error(name, ASK_FIGURE)
        return cleaned

    @property
    def figures(self) -> dict[int, Decimal | None]:
        """Indicator id → what was reached."""
        return {each.pk: self.cleaned_data[_name(each.pk)] for each in self.indicators}


class CheckForm(forms.Form):
    """核查: how, what was found, and the number where it differs."""

    check_kind = forms.ChoiceField(
        label="核查方式",
        choices=CHECKS,
        initial="papers",
        widget=forms.RadioSelect,
        error_messages={
            "required": "请选择核查方式。",
            "invalid_choice": "请从列出的方式中选择。",
        },
    )
    note = line_field("核查意见", LONGEST, "请写明核查情况和意见。", rows=4)

    def __init__(self, *args: Any, figures: Iterable[ClosureFigure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.figures = list(figures)
        for figure in self.figures:
            unit = figure.indicator.unit_of_measure
            label = f"{figure.indicator.name}核查数"
            field = NumberField(label=label, unit=unit, may_be_negative=True)
            field.help_text = "与申请数不一致的填写"
            self.fields[_name(figure.indicator_id)] = field

    @property
    def verified(self) -> dict[int, Decimal | None]:
        """Indicator id → what the check found, where it says so."""
        pairs = ((f.indicator_id, self.cleaned_data[_name(f.indicator_id)]) for f in self.figures)
        return {pk: value for pk, value in pairs if value is not None}


class CloseForm(ApprovalForm):
    """办结销号 by approval."""

    outcome = forms.ChoiceField(
        label="办结结果",
        choices=[("", "请选择"), *Outcome.choices],
        error_messages={
            "required": "请选择办结结果。",
            "invalid_choice": "请从列出的结果中选择。",
        },
    )
    closed_on = day_field("销号日期")


class DeclineForm(forms.Form):
    """不予办结."""

    reason = reason_field("原因", "请填写不予办结的原因。")


class OutcomeForm(forms.Form):
    """年终结果 of one item."""

    task = forms.ModelChoiceField(
        Task.objects.none(),
        error_messages={"required": "请选择事项。", "invalid_choice": "请选择本年度的事项。"},
    )
    outcome = forms.ChoiceField(
        label="年终结果",
        choices=Outcome.choices,
        error_messages={
            "required": "请选择年终结果。",
            "invalid_choice": "请从列出的结果中选择。",
        },
    )
    note = line_field("说明", 300, "", required=False)

    def __init__(self, *args: Any, tasks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["task"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = tasks


class CarryForm(OutcomeForm):
    """结转 of one item into an item of a later year."""

    into = forms.ModelChoiceField(
        Task.objects.none(),
        error_messages={
            "required": "请选择承接的事项。",
            "invalid_choice": "请选择以后年度的事项。",
        },
    )

    def __init__(self, *args: Any, later: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["outcome"], self.fields["note"]
        field = self.fields["into"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = later


def _name(indicator_id: int) -> str:
    return f"figure:{indicator_id}"
