"""From the plan in the database back to the notice's own schema, for `export_plan`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tasks.intake.plan import directory
from tasks.models import Area, Indicator, IndicatorTarget, Plan, Task
from tasks.reader.document import ROLES, json_number
from tasks.reader.parser import parse_notice

Document = dict[str, Any]


def export(plan: Plan) -> Document:
    """The published schema of a plan (see `tasks.reader.document.published`), as it was issued.

    Targets are those of the notice's date. Order is the notice's. Warnings are read again from the
    stored source text with today's directory.
    """
    return {
        "plan": {
            "year": plan.year,
            "title": plan.title,
            "document_number": plan.document_number,
            "issued_on": plan.issued_on.isoformat(),
        },
        "headline": _indicators(_headline(plan), plan),
        "areas": [_area(each) for each in _areas(plan)],
        "items": [_item(each, plan) for each in _tasks(plan)],
        "warnings": [
            {"line": each.line, "text": each.text, "reason": each.reason}
            for each in parse_notice(plan.source_text, directory()).warnings
        ],
    }


def _headline(plan: Plan) -> Iterable[Indicator]:
    return plan.indicators.filter(task=None).prefetch_related("targets")


def _areas(plan: Plan) -> Iterable[Area]:
    return plan.areas.order_by("id").prefetch_related("themes")


def _tasks(plan: Plan) -> Iterable[Task]:
    return (
        plan.tasks.filter(added_on=None)  # what was added later is not the notice's
        .order_by("id")
        .select_related("area", "theme")
        .prefetch_related("designations__unit", "designations__group", "indicators__targets")
    )


def _area(area: Area) -> Document:
    return {
        "ordinal": area.ordinal,
        "title": area.title,
        "themes": [theme.title for theme in area.themes.all()],
    }


def _item(task: Task, plan: Plan) -> Document:
    designations = sorted(task.designations.all(), key=lambda each: each.ordinal)
    return {
        "kind": task.kind,
        "number": task.number,
        "area": task.area.ordinal if task.area else None,
        "theme": task.theme.title if task.theme else None,
        "text": task.text,
        **{role: [each.canonical for each in designations if each.role == role] for role in ROLES},
        "indicators": _indicators(task.indicators.all(), plan),
    }


def _indicators(indicators: Iterable[Indicator], plan: Plan) -> list[Document]:
    return [
        _indicator(each, target)
        for each in sorted(indicators, key=lambda each: each.ordinal)
        if (target := each.target_on(plan.issued_on)) is not None
    ]


def _indicator(indicator: Indicator, target: IndicatorTarget) -> Document:
    return {
        "name": indicator.name,
        "value": json_number(target.value),
        "upper": None if target.upper is None else json_number(target.upper),
        "unit": indicator.unit_of_measure,
        "comparator": indicator.comparator,
        "source_text": indicator.source_text,
    }
