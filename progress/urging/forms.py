"""What 催办 reads from a request: the matters chosen, and one line about a call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict

from progress.matters.fields import UnitField, text_field
from progress.models import Channel, Instruction, ProgressReport, SupervisionOrder
from progress.models.urges import BY_HAND
from progress.urging.reasons import Subject
from progress.urging.unreported import collecting, overdue_in
from tasks.models import Plan
from units.lists.tool import ids_of

MOST = 500


class NoteForm(forms.Form):
    """登记联系: by what means, with whom, and what was answered."""

    channel = forms.ChoiceField(
        label="方式",
        choices=[(each.value, each.label) for each in BY_HAND],
        initial=Channel.TELEPHONE,
        error_messages={"required": "请选择方式。", "invalid_choice": "请从列表中选择方式。"},
    )
    reached = text_field("联系人", "请写明联系到谁。", length=60)
    answer = text_field("答复情况", "请用一句话写明对方怎么答复。", length=300)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(today=today, label="单位", ask="请选择单位。")


def chosen_subjects(data: QueryDict, plans: Sequence[Plan], today: date) -> list[Subject]:
    """What the address or the form names: `report`, `matter`, `order` by id, the open filings of
    a `task`, or `all` that is overdue, in the plans that are worked on.

    Ids that belong to another year, or to nothing, are passed over.
    """
    if data.get("all"):
        return list(overdue_in(plans, today))
    now_collecting = [period.pk for plan in plans for period in collecting(plan, today)]
    chosen = Q(pk__in=_ids(data, "report"))
    chosen |= Q(period__in=now_collecting, responsibility__task__in=_ids(data, "task"))
    reports = ProgressReport.objects.filter(chosen, period__plan__in=plans)
    matters = Instruction.objects.filter(plan__in=plans, pk__in=_ids(data, "matter"))
    orders = SupervisionOrder.objects.filter(plan__in=plans, pk__in=_ids(data, "order"))
    found: list[Subject] = list(
        reports.select_related(
            "period", "responsibility__task__plan", "responsibility__unit"
        ).order_by("responsibility__unit__ordinal", "pk")
    )
    found += matters.select_related("plan").prefetch_related("units__unit")
    found += orders.select_related("plan", "unit")
    return found


def _ids(data: QueryDict, name: str) -> list[int]:
    return sorted(ids_of(data, name))[:MOST]
