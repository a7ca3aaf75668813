"""Filters of the log."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from units.log_actions import in_words
from units.models import LogEntry

DAY = forms.DateInput({"type": "date"})


class LogFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """By kind of act, days, and words in who or what."""

    action = django_filters.ChoiceFilter(label="操作", empty_label="全部操作")
    since = django_filters.DateFilter(
        field_name="at",
        lookup_expr="date__gte",
        label="自",
        widget=DAY,
    )
    until = django_filters.DateFilter(
        field_name="at",
        lookup_expr="date__lte",
        label="至",
        widget=DAY,
    )
    q = django_filters.CharFilter(label="操作人或摘要", method="search")

    class Meta:
        model = LogEntry
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = LogEntry.objects.order_by("action").values_list("action", flat=True).distinct()
        self.filters["action"].extra["choices"] = [(each, in_words(each)) for each in known]

    def search(self, queryset: QuerySet[LogEntry], name: str, value: str) -> QuerySet[LogEntry]:
        return queryset.filter(Q(actor_name__icontains=value) | Q(summary__icontains=value))
