"""The filters of the ledgers of 交办事项 and 督办单, read from the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from huangshi_tasks.lib.fold import pattern
from progress.matters.permissions import unit_name_of
from progress.models import (
    Instruction,
    InstructionSource,
    InstructionState,
    InstructionUnit,
    OrderState,
    SupervisionOrder,
)
from tasks.models import Plan
from units.actors import Actor
from units.http import Request
from units.lists.tool import Column
from units.models import Unit

SOURCES: list[str] = InstructionSource.values
STATES: list[str] = InstructionState.values
ORDER_STATES: list[str] = OrderState.values
COLUMNS = (
    Column("pick", "选择", stays=True, css="l-ck"),
    Column("code", "编号", lambda pair: (SOURCES.index(pair[0].source), pair[0].number), True),
    Column("title", "事项", stays=True),
    Column("decided", "交办", lambda pair: pair[0].decided_on),
    Column("units", "承办、协办单位", lambda pair: unit_name_of(pair[0])),
    Column("due", "办理期限", lambda pair: pair[0].answer_due_on),
    Column("state", "状态", lambda pair: (not pair[1], STATES.index(pair[0].state))),
)
ORDER_COLUMNS = (
    Column("pick", "选择", stays=True, css="l-ck"),
    Column("code", "编号", lambda pair: pair[0].number, True),
    Column("title", "督办事项", stays=True),
    Column("subject", "对应事项"),
    Column("unit", "承办单位", lambda pair: pair[0].unit_name),
    Column("due", "反馈期限", lambda pair: pair[0].answer_due_on),
    Column("state", "状态", lambda pair: (not pair[1], ORDER_STATES.index(pair[0].state))),
)
STANDINGS = [
    ("open", "在办"),
    ("overdue", "逾期"),
    ("answered", "待办结"),
    ("ended", "已办结"),
]


class MatterFilter(FilterSet):  # type: ignore[misc]  # django-filter has no types
    """What both ledgers have in common; a value it does not offer is said to be wrong."""

    q = CharFilter(label="关键词", method="search", max_length=60)
    standing = ChoiceFilter(
        label="办理状态", choices=STANDINGS, method="stands", empty_label="全部"
    )

    class Meta:
        fields: Sequence[str] = ()

    def __init__(
        self, data: Mapping[str, str], *, actor: Actor, today: date, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.today = today
        if actor.is_of_a_unit:
            del self.filters["unit"]

    @property
    def is_filtering(self) -> bool:
        return any(self.form.data.get(name) for name in self.filters)

    @property
    def problem(self) -> str:
        """Which conditions are no good; empty when all are."""
        if self.form.is_valid():
            return ""
        labels = "、".join(str(self.form.fields[name].label) for name in self.form.errors)
        return f"筛选条件无效：{labels}。请清除条件后重新选择。"


def _units() -> QuerySet[Unit]:
    return Unit.objects.all()


class InstructionFilter(MatterFilter):
    source = ChoiceFilter(label="来源", choices=InstructionSource.choices, empty_label="全部")
    unit = ModelChoiceFilter(
        label="承办单位", queryset=lambda request: _units(), method="of_unit", empty_label="全部"
    )

    class Meta:
        model = Instruction
        fields: Sequence[str] = ()

    def search(self, rows: Any, name: str, value: str) -> Any:
        looks = pattern(value)
        return rows.filter(
            Q(title__iregex=looks) | Q(text__iregex=looks) | Q(decided_by__iregex=looks)
        )

    def of_unit(self, rows: Any, name: str, value: Unit) -> Any:
        held = InstructionUnit.objects.open_ended().filter(unit=value)
        return rows.filter(pk__in=held.values("instruction_id"))

    def stands(self, rows: Any, name: str, value: str) -> Any:
        if value == "open":
            return rows.with_unit()
        if value == "overdue":
            return rows.overdue(self.today)
        if value == "answered":
            return rows.filter(state=InstructionState.ANSWERED)
        return rows.filter(state=InstructionState.CLOSED)


class OrderFilter(MatterFilter):
    unit = ModelChoiceFilter(
        label="承办单位", queryset=lambda request: _units(), empty_label="全部"
    )

    class Meta:
        model = SupervisionOrder
        fields: Sequence[str] = ()

    def search(self, rows: Any, name: str, value: str) -> Any:
        looks = pattern(value)
        return rows.filter(Q(title__iregex=looks) | Q(text__iregex=looks))

    def stands(self, rows: Any, name: str, value: str) -> Any:
        if value == "open":
            return rows.with_unit()
        if value == "overdue":
            return rows.overdue(self.today)
        if value == "answered":
            return rows.filter(state__in=(OrderState.ANSWERED, OrderState.FOLLOWED_UP))
        return rows.filter(state=OrderState.CLOSED)


def matters_asked(
    request: Request, plan: Plan
) -> tuple[InstructionFilter, list[tuple[Instruction, bool]]]:
    """交办 that the address leaves, by source, each with whether it is overdue: page and Excel."""
    visible = Instruction.objects.visible_to(request.actor).filter(plan=plan)
    related = visible.select_related("plan").prefetch_related("units__unit")
    chosen = InstructionFilter(
        request.GET, queryset=related, actor=request.actor, today=request.today
    )
    found = sorted(chosen.qs, key=lambda row: (SOURCES.index(row.source), row.number))
    return chosen, [(row, row.is_overdue(request.today)) for row in found]


def orders_asked(
    request: Request, plan: Plan
) -> tuple[OrderFilter, list[tuple[SupervisionOrder, bool]]]:
    """督办单 likewise."""
    visible = SupervisionOrder.objects.visible_to(request.actor).filter(plan=plan)
    related = visible.select_related("plan", "unit", "task", "instruction__plan")
    chosen = OrderFilter(request.GET, queryset=related, actor=request.actor, today=request.today)
    return chosen, [(row, row.is_overdue(request.today)) for row in chosen.qs]
