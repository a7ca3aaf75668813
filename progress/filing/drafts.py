"""Saving a draft that two people may have open at once: different fields merge, nothing is lost.

A draft is a flat map of form keys to domain values, see `values_of`. The form carries a
fingerprint of what it showed. A key whose posted value is what the form showed was not touched; a
key that another editor changed meanwhile is a conflict: it holds both values, the stored one stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import IntegerField, QuerySet

from progress.checking.look import Look
from progress.contents.promises import COLUMNS, promises_of
from progress.contents.values import blank_value, values_of, write
from progress.contents.versions import first_version
from progress.filing.fingerprints import fingerprint, mark, marks_in, marks_of, rebased
from progress.judging.earlier import previous_version
from progress.lifecycle.permissions import can_write, window
from progress.models import ProgressReport, ReportVersion
from units.actors import Actor
from units.asking.prepared import attach, prepared
from units.errors import NotNow, Refused
from units.permissions import require

__all__ = ["Conflict", "Saved", "fingerprint", "rebased", "save_draft", "values_of"]


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


def save_draft(
    *,
    report: ProgressReport,
    actor: Actor,
    now: datetime,
    values: Mapping[str, Any],
    base: str,
    allowed: Set[str],
    look: Look | None = None,
) -> Saved:
    """Save the posted `values`; absent keys stay as they are. The first save makes version 1.

    `allowed`: the keys of the rows that the person was shown (`keys_of`). `look`, just made, spares
    to read again what was announced last, and a version that nobody has saved since. Raises
    `Refused` for a foreign report or a row that is not the unit's to fill, `NotNow` when the report
    is not open.
    """
    shown = marks_in(base)
    with transaction.atomic():
        locked = _lock(report)
        require(can_write(actor, locked))
        _require_open(locked, now)
        steps = _steps_asked_about(locked, values, look)
        _require_own_keys(locked, values, allowed, steps)
        version = locked.latest()
        if version is not None and look is not None and look.shows(version):
            _take_over_readings(version, look)
        if version is None:
            before = look.previous if look is not None else previous_version(locked)
            version = first_version(locked, now, before)
            shown = {**marks_of(version), **shown}  # its defaults are nobody's change
        changed, conflicts = _compare(version, values, shown)
        if changed:
            write(version, changed, steps, _stamp(version, actor, now))
    return Saved(version, tuple(changed), tuple(conflicts))


def _lock(report: ProgressReport) -> ProgressReport:
    """The row is the lock: two savers, and a saver and a transition, go one after the other."""
    locked = _locked.first(pk=report.pk)
    if locked is None:
        raise ProgressReport.DoesNotExist
    return locked


@prepared(pk=IntegerField())
def _locked(pk: Any) -> QuerySet[ProgressReport]:
    rows = ProgressReport.objects.select_for_update(of=("self",)).filter(pk=pk)
    return rows.select_related("period", "responsibility__task", "responsibility__unit")


def _require_open(report: ProgressReport, now: datetime) -> None:
    if not report.is_editable:
        raise NotNow(f"{report}当前为“{report.get_state_display()}”，不能修改。")
    verdict = window(report, now.date())
    if not verdict:
        raise NotNow(verdict.reason)


def _take_over_readings(version: ReportVersion, look: Look) -> None:
    """`look` read them of the same version, as it stands under the lock."""
    if look.version is not None:
        attach([version], "readings", look.version.readings.all(), "version")
        attach([version], "milestone_readings", look.version.milestone_readings.all(), "version")


def _steps_asked_about(
    report: ProgressReport, values: Mapping[str, Any], look: Look | None
) -> dict[str, str]:
    """Mark → line of what was announced last period, where the form asks about it."""
    if not any(key.startswith("answer:") for key in values):
        return {}
    previous = look.previous if look is not None else previous_version(report)
    return (
        {step.mark: step.line for step in promises_of(previous.next_steps, {})} if previous else {}
    )


def _require_own_keys(
    report: ProgressReport, values: Mapping[str, Any], allowed: Set[str], steps: Iterable[str]
) -> None:
    own = allowed | {f"answer:{mark}:{column}" for mark in steps for column in COLUMNS}
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
        shown_mark = shown.get(key, mark(blank_value(key)))
        if mark(mine) in (shown_mark, mark(theirs)):
            continue  # not touched here, or both say the same
        if shown_mark == mark(theirs):
            changed[key] = mine
        else:
            name, time = version.edited_by_name, version.edited_at
            conflicts.append(Conflict(key, mine, theirs, name, time))
    return changed, conflicts


def _stamp(version: ReportVersion, actor: Actor, now: datetime) -> Sequence[str]:
    """Set who saved and when; which columns."""
    version.edits += 1
    version.edited_at, version.edited_by, version.edited_by_name = now, actor.user, actor.name
    return ("edits", "edited_at", "edited_by", "edited_by_name")
