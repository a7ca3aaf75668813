"""What pages say of adjustments: from what to what, and where a request stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404

from huangshi_tasks.lib import text
from progress.adjustments.objections import OBJECTIONS
from progress.adjustments.workflow import ADJUSTMENTS
from progress.judging.loading import deadline_on
from progress.models import Adjustment, AdjustmentKind, DecisionState, Evidence
from progress.periods.access import plan_or_404
from tasks.models import Indicator, IndicatorTarget, Plan, Responsibility, ResponsibilityRole, Task
from units.actors import Actor
from units.http import Request
from units.lists.narrowing import Facet, Narrowed
from units.lists.tool import Column
from units.models import Unit
from units.transitions import Transition

PRIMARY = "，汇总牵头"
COLUMNS = (
    Column("pick", "选择", stays=True, css="l-ck"),
    Column("state", "状态", lambda each: DecisionState.values.index(each.state), stays=True),
    Column("item", "事项", lambda each: (each.task.kind, each.task.number), stays=True),
    Column("kind", "类别", lambda each: AdjustmentKind.values.index(each.kind)),
    Column("words", "内容"),
    Column("asked", "申请", lambda each: each.requested_at),
    Column("approval", "批准", lambda each: each.approval and each.approval.decided_on),
)
FACETS = (
    Facet(
        "state",
        "状态",
        lambda each: str(each.state),
        lambda each: each.get_state_display(),
        DecisionState.values,
    ),
    Facet(
        "kind",
        "类别",
        lambda each: str(each.kind),
        lambda each: each.get_kind_display(),
        AdjustmentKind.values,
    ),
    Facet(
        "unit",
        "申请单位",
        lambda each: str(each.unit_id or ""),
        lambda each: str(each.unit) if each.unit_id else "督查室登记",
    ),
)


@dataclass(frozen=True)
class AdjustmentPage:
    """One adjustment with its files and what this actor may do with it now.

    `is_undone_by_another`: who answers has filed and been judged since, so that a 责任调整 put down
    by mistake is followed by one that says who answers from when on, and never taken back.
    """

    adjustment: Adjustment
    words: list[str]
    before: list[str]
    files: list[Evidence]
    arrows: dict[str, Transition[Adjustment]]
    is_undone_by_another: bool = False


def adjustment_or_404(request: Request, slug: str, pk: int) -> Adjustment:
    """The adjustment, inside what the actor may see."""
    plan = plan_or_404(request, slug)
    visible = Adjustment.objects.visible_to(request.actor).filter(task__plan=plan)
    found: Adjustment = get_object_or_404(visible.select_related("task", "unit", "approval"), pk=pk)
    found.task.plan = plan
    return found


def adjustments_of(plan: Plan, actor: Actor) -> list[Adjustment]:
    """All that the actor may know: what waits first, then the newest."""
    visible = Adjustment.objects.visible_to(actor).filter(task__plan=plan)
    related = visible.select_related("task", "unit", "approval").order_by("-requested_at", "-pk")
    found = list(related)
    for each in found:
        each.task.plan = plan
    return sorted(found, key=lambda each: each.state != DecisionState.REQUESTED)


def narrowed(request: Request, plan: Plan) -> Narrowed[Adjustment]:
    """What the address leaves of them: page and Excel. `waiting`: how the office's home asks."""
    query = request.GET.copy()
    if query.get("waiting") == "1":
        query["state"] = DecisionState.REQUESTED
    return Narrowed(query, adjustments_of(plan, request.actor), FACETS, _said)


def _said(each: Adjustment) -> str:
    return f"{each.task.code} {each.task.short_title} {each.requested_by_name} {each.reason}"


def page_of_adjustment(adjustment: Adjustment, actor: Actor) -> AdjustmentPage:
    """Ready to print."""
    files = Evidence.objects.visible_to(actor).filter(adjustment=adjustment)
    arrows = {arrow.name: arrow for arrow in ADJUSTMENTS.available(adjustment, actor)}
    if adjustment.kind != AdjustmentKind.SUSPENSION or not adjustment.is_open_ended:
        arrows.pop("end", None)
    moved = adjustment.kind == AdjustmentKind.RESPONSIBILITY and bool(adjustment.before)
    is_undone_by_another = moved and arrows.pop("revoke", None) is not None
    return AdjustmentPage(
        adjustment,
        asked_in_words([adjustment])[adjustment.pk],
        before_in_words(adjustment),
        list(files),
        arrows,
        is_undone_by_another,
    )


def asked_in_words(adjustments: Sequence[Adjustment]) -> dict[int, list[str]]:
    """Adjustment → what is asked for or was decided, in lines; two queries for all."""
    units = Unit.objects.in_bulk(_numbers(adjustments, "unit", "leaving"))
    indicators = Indicator.objects.in_bulk(_numbers(adjustments, "indicator"))
    return {each.pk: _words(each, units, indicators) for each in adjustments}


def before_in_words(adjustment: Adjustment) -> list[str]:
    """What held when it was registered: the original stays visible."""
    before = adjustment.before
    if adjustment.kind == AdjustmentKind.EXTENSION and "due_on" in before:
        return [f"完成时限{_day(before['due_on'])}"]
    if adjustment.kind == AdjustmentKind.TARGET and "value" in before:
        return [f"目标值{_number(before['value'])}{_upper(before)}"]
    held = before.get("held") or []
    return [f"{name}（{_role(role)}{PRIMARY if primary else ''}）" for name, role, primary in held]


def held_on(task: Task, day: date) -> list[Responsibility]:
    """Who answers on `day`, for the page on which it is changed."""
    return list(Responsibility.objects.on(day).filter(task=task).select_related("unit"))


def _words(each: Adjustment, units: dict[int, Unit], indicators: dict[int, Indicator]) -> list[str]:
    detail, lines = each.detail, []
    if each.kind == AdjustmentKind.EXTENSION and detail.get("due_on"):
        lines.append(f"完成时限改为{_day(detail['due_on'])}")
    if each.kind == AdjustmentKind.TARGET and detail.get("value") is not None:
        indicator = indicators.get(detail.get("indicator") or 0)
        name = text.full_width(indicator.name) if indicator else ""
        measure = indicator.unit_of_measure if indicator else ""
        lines.append(f"{name}目标值改为{_number(detail['value'])}{_upper(detail)}{measure}")
    if leaving := units.get(detail.get("leaving") or 0):
        lines.append(f"{leaving}退出")
    if unit := units.get(detail.get("unit") or 0):
        primary = PRIMARY if detail.get("becomes_primary") else ""
        lines.append(f"{unit}承担（{_role(detail.get('role'))}{primary}）")
    if detail.get("objection"):
        about = OBJECTIONS.get(detail["objection"], detail["objection"])
        lines.append(f"签收异议：{about}")
    until = f"，至{text.day(each.ends_on)}止" if each.ends_on else ""
    return [*lines, f"自{each.starts_on.year}年{text.day(each.starts_on)}起{until}"]


def _numbers(adjustments: Iterable[Adjustment], *names: str) -> set[int]:
    found = {each.detail.get(name) for each in adjustments for name in names}
    return {each for each in found if isinstance(each, int)}


def _day(value: Any) -> str:
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return str(value)
    return f"{day.year}年{text.day(day)}"


def _number(value: Any) -> str:
    try:
        return text.number(value)
    except (ArithmeticError, TypeError, ValueError):
        return str(value)


def _upper(detail: dict[str, Any]) -> str:
    return f"—{_number(detail['upper'])}" if detail.get("upper") else ""


def _role(value: Any) -> str:
    return dict(ResponsibilityRole.choices).get(str(value), "") or str(value or "")


def held_in_words(task: Task, kind: str, day: date) -> list[str]:
    """What holds on `day` of that which an adjustment of `kind` changes, beside the new value."""
    if kind == AdjustmentKind.EXTENSION:
        return [f"完成时限{_day(deadline_on(task, day).isoformat())}"]
    if kind == AdjustmentKind.TARGET:
        targets = IndicatorTarget.objects.on(day).filter(indicator__task=task)
        return [
            f"{each.indicator.name}：{_number(each.value)}{_upper({'upper': each.upper})}"
            f"{each.indicator.unit_of_measure}"
            for each in targets.select_related("indicator")
        ]
    if kind == AdjustmentKind.RESPONSIBILITY:
        return [
            f"{row.unit}（{row.get_role_display()}{PRIMARY if row.is_primary else ''}）"
            for row in held_on(task, day)
        ]
    return []
