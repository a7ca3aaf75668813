"""A draft as a flat map: form key → domain value, read from and written to the rows of a version.

Keys: the names in `versions.TEXT_FIELDS`; `reading:<indicator>:<unit or empty>:<column>`;
`milestone:<id>:<column>`; `answer:<mark of a step>:<column>` (`progress.contents.promises`);
`explanation:<key of the finding>`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Q

from huangshi_tasks.lib.text import plain
from progress.contents.promises import COLUMNS
from progress.contents.rows import Rows
from progress.contents.versions import TEXT_FIELDS
from progress.models import MilestoneReading, Reading, ReportVersion

READING_BLANKS: dict[str, Any] = {
    "value": None,
    "started": None,
    "blank_reason": "",
    "is_correction": False,
    "source": "",
}
MILESTONE_BLANKS: dict[str, Any] = {"done_on": None, "note": ""}
FLAGS = frozenset({"no_progress", "is_estimate"})
DATES = frozenset({"coordination_by", "data_as_of"})


def values_of(version: ReportVersion | None) -> dict[str, Any]:
    """Every value that the version holds; blanks of rows never filled are left out."""
    if version is None:
        return {}
    values = {name: getattr(version, name) for name in TEXT_FIELDS}
    for reading in version.readings.all():
        prefix = f"reading:{reading.indicator_id}:{reading.unit_id or ''}:"
        values |= {prefix + column: getattr(reading, column) for column in READING_BLANKS}
    for step in version.milestone_readings.all():
        prefix = f"milestone:{step.milestone_id}:"
        values |= {prefix + column: getattr(step, column) for column in MILESTONE_BLANKS}
    for mark, said in version.step_answers.items():
        values |= {f"answer:{mark}:{column}": said.get(column, "") for column in COLUMNS}
    return values | {f"explanation:{key}": said for key, said in version.explanations.items()}


def blank_value(key: str) -> Any:
    """What an empty field of this key means."""
    column = key.rsplit(":", 1)[-1]
    if key.startswith("reading:"):
        return READING_BLANKS[column]
    if key.startswith("milestone:"):
        return MILESTONE_BLANKS[column]
    return False if key in FLAGS else None if key in DATES else ""


def typed(value: Any) -> str | bool:
    """A stored value as the field of a form holds it."""
    if isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return plain(value)
    return "" if value is None else str(value)


def keys_of(rows: Rows) -> set[str]:
    """The keys that the unit may fill in a form of these rows, beside explanations and answers."""
    keys = set(TEXT_FIELDS)
    for prefix in rows.editable_prefixes:
        columns = READING_BLANKS if prefix.startswith("reading:") else MILESTONE_BLANKS
        keys |= {prefix + column for column in columns}
    return keys


def write(
    version: ReportVersion,
    values: Mapping[str, Any],
    steps: Mapping[str, str] | None = None,
    stamped: Sequence[str] = (),
) -> None:
    """Write the values into the version's rows, making those that are missing.

    `steps`: mark → line of the last period's 下一步, kept with what is said of it. `stamped`: more
    columns of the version that the caller has set.
    """
    texts = {key: value for key, value in values.items() if key in TEXT_FIELDS}
    for name, value in texts.items():
        setattr(version, name, value)
    said = {k.split(":", 1)[1]: v for k, v in values.items() if k.startswith("explanation:")}
    version.explanations = {**version.explanations, **said}
    _write_answers(version, values, steps or {})
    version.save(update_fields=[*texts, "explanations", "step_answers", *stamped])
    rows = _by_row(values)
    if rows:  # what was read of them before is no longer so
        getattr(version, "_prefetched_objects_cache", {}).clear()
    for prefix, columns in rows.items():
        kind, *ids = prefix
        if kind == "reading":
            _write_reading(version, ids, columns)
        else:
            MilestoneReading.objects.update_or_create(
                version=version, milestone_id=int(ids[0]), defaults=columns
            )


def _write_answers(
    version: ReportVersion, values: Mapping[str, Any], steps: Mapping[str, str]
) -> None:
    answers = dict(version.step_answers)
    for key, value in values.items():
        if key.startswith("answer:"):
            _, mark, column = key.split(":")
            answers[mark] = {**answers.get(mark, {}), "line": steps[mark], column: value}
    version.step_answers = answers


def _by_row(values: Mapping[str, Any]) -> dict[tuple[str, ...], dict[str, Any]]:
    """Values of readings and milestones, grouped by the row that their keys begin with."""
    rows: dict[tuple[str, ...], dict[str, Any]] = {}
    for key, value in values.items():
        if key.startswith(("reading:", "milestone:")):
            *prefix, column = key.split(":")
            rows.setdefault(tuple(prefix), {})[column] = value
    return rows


def _write_reading(version: ReportVersion, ids: list[str], columns: dict[str, Any]) -> None:
    indicator_id, unit_id = int(ids[0]), int(ids[1]) if ids[1] else None
    by_lead = unit_id is not None and version.report.is_main
    if by_lead and unit_id != version.report.unit.pk:
        columns = {**columns, "filled_by_lead": True}  # 牵头单位代填
    place = Reading.objects.filter(version=version, indicator_id=indicator_id)
    whose = Q(unit__isnull=True) if unit_id is None else Q(unit_id=unit_id)
    place = place.filter(whose)
    if not place.update(**columns):
        Reading.objects.create(
            version=version, indicator_id=indicator_id, unit_id=unit_id, **columns
        )
