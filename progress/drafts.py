"""Saving a draft that two people may have open at once: different fields merge, nothing is lost.

A draft is a flat map of form keys to domain values, see `values_of`. The form carries a
fingerprint of what it showed. A key whose posted value is what the form showed was not touched; a
key that another editor changed meanwhile is a conflict: it holds both values, the stored one stays.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from progress.draft_values import blank_value, keys_of, values_of, write
from progress.earlier import previous_version
from progress.models import ProgressReport, ReportVersion
from progress.permissions import can_write, window
from progress.promises import COLUMNS, promises_of
from progress.versions import first_version
from units.actors import Actor
from units.errors import NotNow, Refused
from units.permissions import require

__all__ = ["Conflict", "Saved", "fingerprint", "rebased", "save_draft", "values_of"]

MARK_LENGTH = 10


@dataclass(frozen=True)
class Conflict:
    """One field that two people changed: `mine` was not saved, `theirs` stands."""

    key: str
    mine: Any
    theirs: Any
    their_name: str
    their_time: datetime | None


@dataclass(frozen=True)
class Saved:
    """What a save did. Post the form again with the new fingerprint to settle a conflict."""

    version: ReportVersion
    changed: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


def fingerprint(version: ReportVersion | None) -> str:
    """A short text that remembers what a form showed, for its hidden input `base`."""
    return _spelled(_marks_of(version))


def rebased(version: ReportVersion | None, base: str, keys: Iterable[str]) -> str:
    """The fingerprint of `version`, but for `keys` what the form behind `base` showed: they were
    posted and could not be read, so they are still to be compared.
    """
    marks, shown = _marks_of(version), _marks_in(base)
    for key in keys:
        marks.pop(key, None)
        marks |= {key: shown[key]} if key in shown else {}
    return _spelled(marks)


def save_draft(
    *,
    report: ProgressReport,
    actor: Actor,
    now: datetime,
    values: Mapping[str, Any],
    base: str,
) -> Saved:
    """Save the posted `values`; absent keys stay as they are. The first save makes version 1.

    Raises `Refused` for a foreign report or a row that is not the unit's to fill, `NotNow` when the
    report is not open.
    """
    shown = _marks_in(base)
    with transaction.atomic():
        locked = _lock(report)
        require(can_write(actor, locked))
        _require_open(locked, now)
        steps = _steps_asked_about(locked, values)
        _require_own_keys(locked, values, steps)
        version = locked.latest()
        if version is None:
            version = first_version(locked, now)
            shown = {**_marks_of(version), **shown}  # its defaults are nobody's change
        changed, conflicts = _compare(version, values, shown)
        if changed:
            write(version, changed, steps)
            _stamp(version, actor, now)
    return Saved(version, tuple(changed), tuple(conflicts))


def _lock(report: ProgressReport) -> ProgressReport:
    """The row is the lock: two savers, and a saver and a transition, go one after the other."""
    rows = ProgressReport.objects.select_for_update(of=("self",))
    related = rows.select_related("period", "responsibility__task", "responsibility__unit")
    return related.get(pk=report.pk)


def _require_open(report: ProgressReport, now: datetime) -> None:
    if not report.is_editable:
        raise NotNow(f"{report}当前为“{report.get_state_display()}”，不能修改。")
    verdict = window(report, now.date())
    if not verdict:
        raise NotNow(verdict.reason)


def _steps_asked_about(report: ProgressReport, values: Mapping[str, Any]) -> dict[str, str]:
    """Mark → line of what was announced last period, where the form asks about it."""
    if not any(key.startswith("answer:") for key in values):
        return {}
    previous = previous_version(report)
    return (
        {step.mark: step.line for step in promises_of(previous.next_steps, {})} if previous else {}
    )


def _require_own_keys(
    report: ProgressReport, values: Mapping[str, Any], steps: Iterable[str]
) -> None:
    own = keys_of(report) | {f"answer:{mark}:{column}" for mark in steps for column in COLUMNS}
    if not set(values) <= own | {k for k in values if k.startswith("explanation:")}:
        raise Refused("所填数据不属于这份填报。")
    if values.get("is_estimate") and not report.period.takes_estimates:
        raise NotNow("只有全年进展可以填预计数。")


def _compare(
    version: ReportVersion, values: Mapping[str, Any], shown: Mapping[str, str]
) -> tuple[dict[str, Any], list[Conflict]]:
    """Split what was posted into what to write and what two people changed."""
    stored = values_of(version)
    changed: dict[str, Any] = {}
    conflicts = []
    for key, mine in values.items():
        theirs = stored.get(key, blank_value(key))
        shown_mark = shown.get(key, _mark(blank_value(key)))
        if _mark(mine) in (shown_mark, _mark(theirs)):
            continue  # not touched here, or both say the same
        if shown_mark == _mark(theirs):
            changed[key] = mine
        else:
            name, time = version.edited_by_name, version.edited_at
            conflicts.append(Conflict(key, mine, theirs, name, time))
    return changed, conflicts


def _stamp(version: ReportVersion, actor: Actor, now: datetime) -> None:
    version.edits += 1
    version.edited_at, version.edited_by, version.edited_by_name = now, actor.user, actor.name
    version.save(update_fields=["edits", "edited_at", "edited_by", "edited_by_name"])


def _marks_of(version: ReportVersion | None) -> dict[str, str]:
    return {key: _mark(value) for key, value in values_of(version).items()}


def _spelled(marks: Mapping[str, str]) -> str:
    return json.dumps(marks, sort_keys=True, separators=(",", ":"))


def _mark(value: Any) -> str:
    """A short digest of a value; equal numbers are equal however they are written."""
    text = format(value.normalize(), "f") if hasattr(value, "normalize") else str(value)
    text = text.replace("\r\n", "\n")  # browsers post line ends their own way
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:MARK_LENGTH]


def _marks_in(base: str) -> dict[str, str]:
    """What the form showed. Nonsense tells nothing: every field counts as blank then."""
    try:
        marks = json.loads(base)
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in marks.items()} if isinstance(marks, dict) else {}
