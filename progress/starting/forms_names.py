"""What is said of a name that was left open: it is a unit, a new one, or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from progress.starting.deciding_names import Decided
from progress.starting.unknown_names import OpenName, open_names
from tasks.models import LeftOpen, Plan
from units.city.words import kind_choices
from units.face.fields import UnitChoiceField, day_field, line_field
from units.models import Unit
from units.people.unit_names import NAME_TAKEN, is_taken

UNIT, NEW, NONE = ANSWERS = ("unit", "new", "none")


class _DecidedForm(forms.Form):
    """Who decided it, and from which day on the unit answers; the notice itself is the paper."""

    decided_by = line_field("批准人或会议", 60, "请填写批准人或会议。")
    decided_on = day_field("批准日期", is_past=True)
    authority = line_field("依据", 200, "请填写依据，如会议纪要文号。")
    starts_on = day_field("自哪天起承担")

    def __init__(self, data: Any = None, *, plan: Plan, today: date, **kwargs: Any) -> None:
        paper = plan.document_number or plan.title[:80]
        initial = {"decided_on": today, "starts_on": today, "authority": f"{paper}原文所列"}
        super().__init__(data, initial=initial, **kwargs)

    @property
    def decided(self) -> Decided:
        names = ("decided_by", "decided_on", "authority", "starts_on")
        return Decided(**{name: self.cleaned_data[name] for name in names})


class IsUnitForm(_DecidedForm):
    """这个名称就是该单位."""

    unit = UnitChoiceField(
        Unit.objects.none(),
        label="就是哪个单位",
        empty_label="请选择",
        error_messages={"required": "请选择单位。", "invalid_choice": "请从列出的单位中选择。"},
    )
    field_order = ("unit",)

    def __init__(self, data: Any = None, *, today: date, **kwargs: Any) -> None:
        super().__init__(data, today=today, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset = Unit.objects.current(today)


class NewUnitForm(_DecidedForm):
    """新增单位."""

    name = line_field("单位名称", 60, "请填写单位名称。")
    kind = forms.ChoiceField(
        label="类别",
        error_messages={"required": "请选择类别。", "invalid_choice": "请从列出的类别中选择。"},
    )
    field_order = ("name", "kind")

    def __init__(self, data: Any = None, *, printed: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.initial["name"] = printed[:60]
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [("", "请选择"), *kind_choices()]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if is_taken(name):
            raise forms.ValidationError(NAME_TAKEN)
        return name


class NoUnitForm(forms.Form):
    """不是单位."""

    note = line_field("说明（可不填）", 150, "", required=False)


@dataclass(frozen=True)
class NameFace:
    """A name with its three answers; `tried`: the one that was refused."""

    open: OpenName
    unit: forms.Form
    new: forms.Form
    none: forms.Form
    tried: str = ""


def name_faces(
    plan: Plan, today: date, tried: tuple[int, str, forms.Form] | None = None
) -> list[NameFace]:
    """`tried`: question, answer and the form that was refused."""
    faces = []
    for each in open_names(plan):
        made = {answer: form_of(answer, each.question, plan, today) for answer in ANSWERS}
        is_tried = tried is not None and tried[0] == each.question.pk
        if tried is not None and is_tried:
            made[tried[1]] = tried[2]
        faces.append(NameFace(each, **made, tried=tried[1] if tried and is_tried else ""))
    return faces


def form_of(
    answer: str, question: LeftOpen, plan: Plan, today: date, data: Any = None
) -> forms.Form:
    """Each with ids of its own: they stand on one page."""
    auto_id = f"name-{question.pk}-{answer}-%s"
    if answer == NONE:
        return NoUnitForm(data, auto_id=auto_id)
    given: dict[str, Any] = {"plan": plan, "today": today, "auto_id": auto_id}
    if answer == NEW:
        return NewUnitForm(data, printed=question.name, **given)
    return IsUnitForm(data, **given)
