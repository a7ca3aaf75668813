"""What the rows of the 填报表 show: drafts' values as cells have them, and what stands beside."""

from __future__ import annotations

from typing import Any

from huangshi_tasks.lib.text import full_width
from progress.contents.rows import IndicatorRow, MilestoneRow
from progress.contents.values import FLAGS
from progress.models import ProgressReport, ReportVersion
from progress.workbook.tables import LIGHTS, STATE_WORDS
from units.sheets.columns import YES, Value

FLAG_COLUMNS = FLAGS | {"is_correction"}


def spelled(key: str, value: Any) -> Value:
    """A draft's value as a cell has it: words for what stands behind a choice."""
    if key in FLAG_COLUMNS:
        return YES if value else None
    words = {"proposed_light": LIGHTS, "state": STATE_WORDS}.get(key, {})
    kept: Value = words.get(str(value), value)
    return None if kept == "" else kept


def item_cells(report: ProgressReport) -> dict[str, Value]:
    return {
        "code": report.task.code,
        "item": full_width(report.task.short_title),
        "period": report.period.label,
    }


def text_cells(before: ReportVersion | None) -> dict[str, Value]:
    return {
        "previous": before.progress if before else "",
        "previous_steps": before.next_steps if before else "",
    }


def number_cells(row: IndicatorRow) -> dict[str, Value]:
    return {
        "what": full_width(f"{row.unit or ''}{row.indicator.name}"),
        "measure": row.indicator.unit_of_measure,
        "target": row.target,
        "planned": row.planned,
        "previous": row.previous,
        "previous_started": row.previous_started,
    }


def step_cells(row: MilestoneRow) -> dict[str, Value]:
    return {"what": full_width(row.milestone.title), "due_on": row.milestone.due_on}
