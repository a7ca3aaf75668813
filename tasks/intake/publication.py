"""From the plan in the database back to the notice's own schema, for `export_plan`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from tasks.intake.plan import directory
from tasks.models import Area, Indicator, IndicatorTarget, Plan, Task, TaskPart
from tasks.reader.document import ROLES, around, json_number, published
from tasks.reader.parser import parse_notice
from tasks.reader.roles.deadlines import day_of

Document = dict[str, Any]


def export(plan: Plan) -> Document:
    """The published schema of a plan (see `tasks.reader.document.published`), as it was issued.

    Targets, time limits and leaders are those of the notice's date. Order is the notice's. What the
    reader said beside the items is as it was kept; for plans that kept nothing it is read again.
    """
    notice = parse_notice(plan.source_text, directory()) if plan.reading is None else None
    reading = plan.reading or {}
    if notice is not None:
        reading = {key: published(notice)[key] for key in ("warnings", *around(notice))}
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
        "warnings": reading["warnings"],
        "paragraphs": [
            {"line": each.line, "kind": each.kind, "text": each.text}
            for each in plan.paragraphs.all()
        ],
        "unused": reading["unused"],
        "sections": reading["sections"],
        "columns": reading["columns"],
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
        .prefetch_related(
            "designations__unit",
            "designations__group",
            "indicators__targets",
            "printed_leaders",
            "parts",
        )
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
        "deadline": _day(deadline_on(task, plan)) if task.deadline_text else None,
        "deadline_text": task.deadline_text or None,
        "leaders": [
            each.printed for each in task.printed_leaders.all() if each.holds_on(plan.issued_on)
        ],
        "sub_items": [_part(each) for each in task.parts.all()],
        "indicators": _indicators(task.indicators.all(), plan),
    }


def deadline_on(task: Task, plan: Plan) -> date | None:
    """The day that the printed words meant; None where they mean none."""
    return day_of(task.deadline_text, plan.year)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _part(part: TaskPart) -> Document:
    return {
        "number": part.number,
        "text": part.text,
        **{role: [each["name"] for each in part.units if each["role"] == role] for role in ROLES},
        "deadline": _day(part.due_on),
        "deadline_text": part.deadline_text or None,
        "leaders": part.leaders,
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
