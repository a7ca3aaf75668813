"""The addresses of the door, each from what its page reads: one query, one number."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request as ApiRequest

from progress.matters.filters import InstructionFilter, MatterFilter, OrderFilter
from progress.models import Instruction, SupervisionOrder
from progress.periods.access import periods_of, plan_names, plan_or_404
from reports.api import making, shapes
from reports.api.answers import ReadView, paged
from reports.api.parameters import (
    AS_OF,
    LEDGER_LIVE,
    OF_LEDGER,
    PAGING,
    PERIOD,
    of_filters,
    of_ledger,
)
from reports.api.schema import Said
from reports.bulletins.pages import bulletins_of
from reports.ledger.asked import OUTLOOK, PROBLEM, rows_asked
from reports.ledger.facets import ASKING, SHORT
from reports.ledger.filters import LedgerFilter
from reports.ledger.frozen import readings_at_finalizing
from reports.ledger.rows import LedgerRow
from reports.stats.tiles import tiles_of
from reports.stats.trend import history_of, trend
from reports.stats.units import by_unit
from tasks.models import Designation, Plan
from units.http import Request
from units.stamps.shown import TOPICS

NO_PERIOD = "没有“{given}”这一期的定稿。"
WRONG = "参数的值不在可选范围内：{labels}。"


class PlanView(ReadView):
    """What is of one plan, `slug` of the address."""

    def get(self, request: ApiRequest, slug: str, **named: Any) -> HttpResponse:
        of_page = request._request
        plan = plan_or_404(of_page, slug)
        return self.answered(request, lambda of: self.made(of, plan, **named))

    def made(self, request: Request, plan: Plan, **named: Any) -> shapes.Shape:
        raise NotImplementedError


class LedgerView(PlanView):
    """What is made of the rows of 任务台账, filtered as there."""

    takes = frozenset(OF_LEDGER)
    live = LEDGER_LIVE
    parameters = staticmethod(lambda: [*of_ledger(), *PAGING])
    also: ClassVar[dict[str, str]] = {}  # what else the rows are asked for

    def made(self, request: Request, plan: Plan, **named: Any) -> shapes.Shape:
        asked = _asked(request, plan)
        rows = rows_asked(
            plan,
            request.actor,
            request.today,
            {**asked, **self.also},
            with_filings=bool(asked.get("filing") or asked.get("live")),
        )
        filters = LedgerFilter(asked, plan=plan, actor=request.actor, rows=rows)
        refused = [name for name in asked if name not in filters.filters and asked[name]]
        if refused or not filters.is_valid():
            labels = filters.invalid_labels or "、".join(refused)
            raise ValidationError(WRONG.format(labels=labels))
        return self.of_rows(request, filters.matching_rows())

    def of_rows(self, request: Request, rows: list[LedgerRow]) -> shapes.Shape:
        raise NotImplementedError


def _asked(request: Request, plan: Plan) -> dict[str, str]:
    """The address as that of the ledger would say it. Raises for a period without 定稿."""
    asked = {name: request.GET[name] for name in OF_LEDGER if request.GET.get(name)}
    given = asked.pop(AS_OF, "")
    if given:
        finalized = [each for each in periods_of(plan) if each.is_finalized]
        days = {each.data_as_of for each in finalized if given in _names(each)}
        if not days:
            raise ValidationError(NO_PERIOD.format(given=given[:20]))
        asked["period"] = min(days).isoformat()
    return asked


def _names(period: Any) -> tuple[str, str]:
    return period.code, period.data_as_of.isoformat()


class PlansView(ReadView):
    """Every plan that the caller may see, in the order of the menus."""

    said = Said("plans", shapes.Plans, "年度责任分解", "年度")

    def get(self, request: ApiRequest) -> HttpResponse:
        return self.answered(request, self._made)

    def _made(self, request: Request) -> shapes.Shape:
        known = {name.pk: place for place, name in enumerate(plan_names(request))}
        visible = Plan.objects.visible_to(request.actor).defer("source_text", "reading")
        plans = sorted(visible, key=lambda plan: known.get(plan.pk, len(known)))
        page = paged(request, plans)
        return shapes.Plans(results=tuple(map(making.plan_shape, page.rows)), **page.fields)


class ItemsView(LedgerView):
    said = Said("items", shapes.Items, "事项，与任务台账一致", "事项")

    def of_rows(self, request: Request, rows: list[LedgerRow]) -> shapes.Shape:
        page = paged(request, rows)
        return shapes.Items(results=tuple(map(making.item_shape, page.rows)), **page.fields)


class ItemView(LedgerView):
    said = Said("item", shapes.ItemShape, "一个事项", "事项")
    takes = frozenset({AS_OF})
    parameters = staticmethod(lambda: [PERIOD])

    def made(self, request: Request, plan: Plan, **named: Any) -> shapes.Shape:
        rows = rows_asked(plan, request.actor, request.today, _asked(request, plan))
        for row in rows:
            if (row.task.kind, row.task.number) == (named["item_kind"], named["number"]):
                return making.item_shape(row)
        raise Http404


class FinalizedView(LedgerView):
    """Items before their first 定稿 are left out."""

    said = Said("finalized", shapes.Finalized, "定稿", "事项")

    def of_rows(self, request: Request, rows: list[LedgerRow]) -> shapes.Shape:
        found = (making.finalized_shape(row) for row in rows)
        page = paged(request, [each for each in found if each is not None])
        return shapes.Finalized(results=tuple(page.rows), **page.fields)


class IndicatorsView(LedgerView):
    said = Said("indicators", shapes.Indicators, "指标、分解任务和读数", "事项")

    def of_rows(self, request: Request, rows: list[LedgerRow]) -> shapes.Shape:
        found = making.indicator_shapes(rows, readings_at_finalizing(rows))
        page = paged(request, found)
        return shapes.Indicators(results=tuple(page.rows), **page.fields)


class CountsView(LedgerView):
    said = Said("counts", shapes.CountsShape, "总览的数", "事项")
    parameters = staticmethod(of_ledger)
    also = {OUTLOOK: SHORT, PROBLEM: ASKING}

    def of_rows(self, request: Request, rows: list[LedgerRow]) -> shapes.Shape:
        return making.counts_shape(rows, tiles_of(rows, trend(rows, history_of(rows))))


class UnitsView(LedgerView):
    """The units on the items that the caller sees."""

    said = Said("units", shapes.Units, "有责任的单位", "年度")

    def of_rows(self, request: Request, rows: list[LedgerRow]) -> shapes.Shape:
        page = paged(request, by_unit(rows))
        return shapes.Units(results=tuple(map(making.unit_items, page.rows)), **page.fields)


class DesignationsView(PlanView):
    said = Said("designations", shapes.Designations, "通知里的责任表述", "年度")

    def made(self, request: Request, plan: Plan, **named: Any) -> shapes.Shape:
        seen = plan.tasks.visible_to(request.actor).values("pk")
        rows = Designation.objects.filter(task__in=seen).select_related("task")
        ordered = rows.order_by("task__kind", "task__number", "role", "ordinal")
        page = paged(request, list(ordered))
        found = tuple(map(making.designation_shape, page.rows))
        return shapes.Designations(results=found, **page.fields)


class PeriodsView(PlanView):
    said = Said("periods", shapes.Periods, "填报期", "年度")

    def made(self, request: Request, plan: Plan, **named: Any) -> shapes.Shape:
        page = paged(request, periods_of(plan))
        return shapes.Periods(results=tuple(map(making.period_shape, page.rows)), **page.fields)


class MattersOfAKind(PlanView):
    """交办事项 or 督办单, as their ledgers filter them; what is under way."""

    is_live = True
    filters: type[MatterFilter]
    table: type[Instruction | SupervisionOrder]
    related: ClassVar[tuple[str, ...]] = ("plan",)
    parts: ClassVar[tuple[str, ...]] = ()
    order: ClassVar[tuple[str, ...]] = ("source", "number")

    def made(self, request: Request, plan: Plan, **named: Any) -> shapes.Shape:
        visible = self.table.objects.visible_to(request.actor).filter(plan=plan)
        chosen = self.filters(
            request.GET,
            queryset=visible.select_related(*self.related)
            .prefetch_related(*self.parts)
            .order_by(*self.order),
            actor=request.actor,
            today=request.today,
        )
        if chosen.problem or set(self.takes & request.GET.keys()) - chosen.filters.keys():
            raise ValidationError(chosen.problem or WRONG.format(labels="unit"))
        page = paged(request, list(chosen.qs))
        found = tuple(making.matter_shape(each, request.today) for each in page.rows)
        return shapes.Matters(results=found, **page.fields)


class InstructionsView(MattersOfAKind):
    said = Said("matters", shapes.Matters, "交办事项", "督办")
    filters = InstructionFilter
    table = Instruction
    parts = ("units__unit",)
    takes = frozenset(InstructionFilter.base_filters)
    parameters = staticmethod(lambda: [*of_filters(InstructionFilter), *PAGING])


class OrdersView(MattersOfAKind):
    said = Said("orders", shapes.Matters, "督办单", "督办")
    filters = OrderFilter
    table = SupervisionOrder
    takes = frozenset(OrderFilter.base_filters)
    parameters = staticmethod(lambda: [*of_filters(OrderFilter), *PAGING])
    related = ("plan", "unit")
    order = ("number", "pk")


class BulletinsView(PlanView):
    said = Said("bulletins", shapes.Bulletins, "通报、专报和公示稿", "督办")
    topics = TOPICS

    def made(self, request: Request, plan: Plan, **named: Any) -> shapes.Shape:
        page = paged(request, bulletins_of(plan, request.actor))
        found = tuple(map(making.bulletin_shape, page.rows))
        return shapes.Bulletins(results=found, **page.fields)
