"""Filters of the ledger of messages."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from huangshi_tasks.lib.fold import pattern
from progress.models import Reminder, ReminderState
from units.models import Unit

DAY = forms.DateInput({"type": "date"})
LONGEST = 100
KINDS = {
    "report": "进展报送",
    "period": "督查室催报名单",
    "review": "待审核",
    "milestone": "节点",
    "instruction": "交办事项",
    "order": "督办单",
    "action_plan": "办理方案",
    "receipt": "签收",
    "account": "账号变动",
    "powers": "权限变动",
}


def units_told(request: Any) -> QuerySet[Unit]:
    return Unit.objects.filter(retired_on=None)


class ReminderFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """By kind, unit, state, days, and words in text or the recipient's name."""

    kind = django_filters.ChoiceFilter(
        label="类别", empty_label="全部类别", choices=list(KINDS.items()), method="of_kind"
    )
    unit = django_filters.ModelChoiceFilter(
        label="单位", empty_label="全部单位", queryset=units_told
    )
    state = django_filters.ChoiceFilter(
        label="状态", empty_label="全部状态", choices=ReminderState.choices
    )
    since = django_filters.DateFilter(
        field_name="due_on", lookup_expr="gte", label="自", widget=DAY
    )
    until = django_filters.DateFilter(
        field_name="due_on", lookup_expr="lte", label="至", widget=DAY
    )
    q = django_filters.CharFilter(label="内容或收件人", method="search", max_length=LONGEST)

    class Meta:
        model = Reminder
        fields: list[str] = []

    def of_kind(self, queryset: QuerySet[Reminder], name: str, value: str) -> QuerySet[Reminder]:
        return queryset.filter(subject__startswith=f"{value}:")

    def search(self, queryset: QuerySet[Reminder], name: str, value: str) -> QuerySet[Reminder]:
        looks = pattern(value)
        named = Q(recipient__display_name__iregex=looks)
        return queryset.filter(named | Q(text__iregex=looks))
