"""Filters of the log."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import CharField, F, Q, QuerySet, Value

from huangshi_tasks.lib.fold import pattern
from units.log.actions import in_words
from units.log.reading import subjects
from units.models import LogEntry

DAY = forms.DateInput({"type": "date"})
LONGEST = 100  # characters; SQLite refuses patterns of many thousands
KINDS = [
    ("login", "登录和退出"),
    ("export", "导出"),
    ("download", "下载"),
    ("filing", "报送和审核"),
    ("decision", "调整和办结"),
    ("account", "账号和单位"),
    ("refused", "拒绝和失败"),
]
# kind → how its actions begin
STARTS = {
    "login": ("login", "logout", "switch", "password", "factor", "session"),
    "export": ("export",),
    "download": ("evidence.download", "approval.download", "matterfile.download"),
    "filing": ("progressreport", "period"),
    "decision": ("adjustment", "closure", "taskoutcome", "task."),
    "refused": ("refused", "login.failed", "login.locked", "password.failed", "factor.failed"),
    "account": ("user", "appointment", "unit", "post", "city", "firstrun"),
}
LARGEST_ID = 2**63 - 1


class DatesInOrder(forms.Form):
    """What is wrong stands beside its field; that condition is then left out."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "结束日期早于开始日期，请调整。")
        return cleaned


class LogFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """By kind of act, who, days, what it was about, and words in summary, changes or reason."""

    kind = django_filters.ChoiceFilter(
        label="类别", empty_label="全部类别", choices=KINDS, method="of_kind"
    )
    action = django_filters.ChoiceFilter(label="操作", empty_label="全部操作")
    who = django_filters.CharFilter(label="操作人", method="by", max_length=LONGEST)
    since = django_filters.DateFilter(
        field_name="at", lookup_expr="date__gte", label="自", widget=DAY
    )
    until = django_filters.DateFilter(
        field_name="at", lookup_expr="date__lte", label="至", widget=DAY
    )
    address = django_filters.CharFilter(label="来源地址", method="from_address", max_length=45)
    session = django_filters.CharFilter(label="会话", max_length=12)
    subject = django_filters.ChoiceFilter(
        field_name="subject_type", label="对象", empty_label="全部对象"
    )
    number = django_filters.NumberFilter(
        field_name="subject_id",
        label="对象编号",
        min_value=0,
        max_value=LARGEST_ID,
        decimal_places=0,
    )
    q = django_filters.CharFilter(label="摘要、变更或原因", method="search", max_length=LONGEST)

    class Meta:
        model = LogEntry
        fields: list[str] = []
        form = DatesInOrder

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = subjects()
        known = sorted(_known("action").union(_known("subject_type"), all=True))
        actions = [(each, in_words(each)) for column, each in known if column == "action"]
        names = [
            (each, str(kinds[each]._meta.verbose_name))
            for column, each in known
            if column == "subject_type" and each in kinds
        ]
        self.filters["action"].extra["choices"] = actions
        self.filters["subject"].extra["choices"] = names

    def of_kind(self, queryset: QuerySet[LogEntry], name: str, value: str) -> QuerySet[LogEntry]:
        wanted = Q()
        for start in STARTS[value]:
            wanted |= Q(action__startswith=start)
        return queryset.filter(wanted)

    def by(self, queryset: QuerySet[LogEntry], name: str, value: str) -> QuerySet[LogEntry]:
        return queryset.filter(actor_name__iregex=pattern(value))

    def from_address(
        self, queryset: QuerySet[LogEntry], name: str, value: str
    ) -> QuerySet[LogEntry]:
        """An address, or how it begins. Log-ins of before the column say it in their changes."""
        return queryset.filter(
            Q(address__startswith=value) | Q(payload__contains=f'"address":"{value}')
        )

    def search(self, queryset: QuerySet[LogEntry], name: str, value: str) -> QuerySet[LogEntry]:
        looks = pattern(value)
        return queryset.filter(Q(summary__iregex=looks) | Q(payload__iregex=looks))


def _known(column: str) -> QuerySet[LogEntry, Any]:
    """The name of `column` with what stands in it, each once."""
    name = Value(column, CharField())
    return LogEntry.objects.order_by().values_list(name, F(column)).distinct()
