"""办理全程: one timeline of an item out of the log: filings, figures, targets, decisions.

The log is the one source, so nothing on the page can differ from what the auditor reads. Row scope:
the office reads all; a unit the decisions on its items, its own filings, and of others' filings
what was accepted; whoever only reads sees what was accepted, decided and finalized.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from progress.models import Adjustment, Closure, Evidence, ProgressReport, SiteVisit, TaskOutcome
from reports.item.trail_words import TrailWords
from tasks.models import SubItem, Task
from units.actors import Actor
from units.log.reading import Trace
from units.models import LogEntry

# what everybody on an item may know of another unit's filing
OPEN_ACTS = ("progressreport.accept", "progressreport.override_light", "progressreport.correct")
DECIDED = (
    "adjustment.register",
    "adjustment.revoke",
    "adjustment.end",
    "closure.close",
    "sitevisit.close",
    "closure.reopen",
    "taskoutcome.set",
    "task.carry_over",
)
DOWNLOADS = ("evidence.download", "approval.download")
KINDS = {
    "report": "报送和审核",
    "decision": "调整和办结",
    "file": "材料",
    "visit": "核查和子项",
    "item": "事项",
}


@dataclass(frozen=True)
class TrailRow:
    """One act: who, when, what, from what to what, why."""

    entry: LogEntry
    trace: Trace
    kind: str


def trail_of(task: Task, actor: Actor, kind: str = "") -> list[TrailRow]:
    """Newest first; in a fixed number of queries, whatever the length."""
    entries = LogEntry.objects.filter(_about(task, kind)).exclude(action__in=DOWNLOADS)
    own = _own_reports(task, actor)
    seen = [each for each in entries.order_by("position") if _may_know(each, actor, own)]
    return _told(seen, task)[::-1]


def report_trail(report: ProgressReport) -> list[TrailRow]:
    """The acts on one report, oldest first, for who may see its drafts."""
    entries = LogEntry.objects.filter(subject_type="progressreport", subject_id=report.pk)
    return _told(list(entries.order_by("position")), report.task)


def _told(entries: Sequence[LogEntry], task: Task) -> list[TrailRow]:
    words = TrailWords(task)
    return [TrailRow(each, words.told(each), _kind(each)) for each in entries]


def _about(task: Task, kind: str) -> Q:
    reports = ProgressReport.objects.filter(responsibility__task=task)
    parts: dict[str, dict[str, QuerySet[Any, Any]]] = {
        "report": {"progressreport": reports},
        "decision": {
            "adjustment": Adjustment.objects.filter(task=task),
            "closure": Closure.objects.filter(task=task),
            "taskoutcome": TaskOutcome.objects.filter(task=task),
        },
        "file": {"evidence": Evidence.objects.filter(task=task)},
        "visit": {
            "sitevisit": SiteVisit.objects.filter(task=task),
            "subitem": SubItem.objects.filter(indicator__task=task),
        },
        "item": {"task": Task.objects.filter(pk=task.pk)},
    }
    wanted = [parts[kind]] if kind in parts else list(parts.values())
    about = Q(pk__in=[])
    for group in wanted:
        for name, rows in group.items():
            about |= Q(subject_type=name, subject_id__in=list(rows.values_list("pk", flat=True)))
    return about


def _own_reports(task: Task, actor: Actor) -> set[int | None]:
    if not actor.is_of_a_unit:
        return set()
    own = ProgressReport.objects.filter(
        responsibility__task=task, responsibility__unit=actor.unit_id
    )
    return set(own.values_list("pk", flat=True))


def _may_know(entry: LogEntry, actor: Actor, own: set[int | None]) -> bool:
    if actor.is_office:
        return True
    if entry.action in OPEN_ACTS or entry.action in DECIDED or entry.subject_type == "task":
        return True
    if not actor.is_of_a_unit:
        return False
    if entry.subject_type == "progressreport":
        return entry.subject_id in own
    return entry.subject_type in ("adjustment", "closure")


def _kind(entry: LogEntry) -> str:
    kinds = {"progressreport": "report", "evidence": "file", "task": "item"}
    kinds |= dict.fromkeys(("sitevisit", "subitem"), "visit")
    return kinds.get(entry.subject_type, "decision")
