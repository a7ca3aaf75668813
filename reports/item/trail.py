"""办理全程: one timeline of an item out of the log: filings, figures, targets, decisions.

The log is the one source, so nothing on the page can differ from what the auditor reads. Row scope:
the office reads all; a unit the decisions on its items, its own filings, and of others' filings
what was accepted; whoever only reads sees what was accepted, decided and finalized.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Q

from huangshi_tasks.lib import text
from progress.adjustments.page import asked_in_words, before_in_words
from progress.models import Adjustment, Closure, Evidence, ProgressReport, SiteVisit, TaskOutcome
from tasks.models import Indicator, SubItem, Task
from units.actors import Actor
from units.log.reading import Trace, changes_of, trace_of
from units.models import LogEntry, Unit

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
# what the log calls the subject of an act → under which kind it is told
KIND_OF = {
    "progressreport": "report",
    "adjustment": "decision",
    "closure": "decision",
    "taskoutcome": "decision",
    "evidence": "file",
    "sitevisit": "visit",
    "subitem": "visit",
    "task": "item",
}
# changes of an entry that are worded here, or that say nothing to people
WORDED = (
    "readings",
    "verified",
    "figures",
    "milestones",
    "detail",
    "before",
    "starts_on",
    "sha256",
)
NOTHING = "未填"


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
    return [TrailRow(each, words.told(each), KIND_OF[each.subject_type]) for each in entries]


def _about(task: Task, kind: str) -> Q:
    """The acts on the item and on everything that belongs to it; of one kind, where it is one."""
    rows: dict[str, Any] = {
        "progressreport": ProgressReport.objects.filter(responsibility__task=task),
        "adjustment": Adjustment.objects.filter(task=task),
        "closure": Closure.objects.filter(task=task),
        "taskoutcome": TaskOutcome.objects.filter(task=task),
        "evidence": Evidence.objects.filter(task=task),
        "sitevisit": SiteVisit.objects.filter(task=task),
        "subitem": SubItem.objects.filter(indicator__task=task),
        "task": Task.objects.filter(pk=task.pk),
    }
    about = Q(pk__in=[])
    for name, those in rows.items():
        if kind in ("", KIND_OF[name]):
            about |= Q(subject_type=name, subject_id__in=list(those.values_list("pk", flat=True)))
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


class TrailWords:
    """Told in the order of the log: each figure remembers what was last said of it."""

    def __init__(self, task: Task) -> None:
        self.names = {
            each.pk: (text.full_width(each.name), each.unit_of_measure)
            for each in Indicator.objects.filter(task=task)
        }
        self.units = {each.pk: each.place for each in Unit.objects.all()}
        adjustments = list(Adjustment.objects.filter(task=task))
        self.adjustments = {each.pk: each for each in adjustments}
        self.asked = asked_in_words(adjustments)
        self.last: dict[tuple[Any, Any], Any] = {}

    def told(self, entry: LogEntry) -> Trace:
        """From, to and why of one entry; call it oldest first."""
        changes = changes_of(entry)
        lines = self._readings(changes.get("readings")) + self._verified(changes.get("verified"))
        lines += self._figures(changes.get("figures"))
        if entry.subject_type == "adjustment" and entry.action.endswith(("request", "register")):
            lines += self._adjusted(entry)
        rest = trace_of(entry, skip=WORDED)
        return Trace([*lines, *rest.changes], rest.reason)

    def _readings(self, rows: Any) -> list[str]:
        """What was filed, where it differs from what was said before."""
        lines = []
        for indicator, unit, value, started in _rows(rows, 4):
            before = self.last.get((indicator, unit))
            if before != (value, started):
                was = f"{_number(before[0])} → " if before else ""
                began = f"，开工{_number(started)}" if started is not None else ""
                lines.append(f"{self._name(indicator, unit)}：{was}{_number(value)}{began}")
            self.last[indicator, unit] = (value, started)
        return lines

    def _verified(self, rows: Any) -> list[str]:
        return [
            f"{self._name(indicator, unit)}核定：{_number(filed)} → {_number(verified)}"
            for indicator, unit, filed, verified in _rows(rows, 4)
        ]

    def _figures(self, rows: Any) -> list[str]:
        return [
            f"{self._name(indicator, None)}：{_number(value)}"
            for indicator, value in _rows(rows, 2)
        ]

    def _adjusted(self, entry: LogEntry) -> list[str]:
        adjustment = self.adjustments.get(entry.subject_id or 0)
        if adjustment is None:
            return []
        asked = self.asked[adjustment.pk]
        if entry.action.endswith("request"):
            return asked
        before = before_in_words(adjustment)
        return [*([f"调整前：{'、'.join(before)}"] if before else []), *asked]

    def _name(self, indicator: Any, unit: Any) -> str:
        name, measure = self.names.get(indicator, ("指标", ""))
        place = self.units.get(unit, "") if unit else ""
        return f"{place}{name}（{measure}）" if measure else f"{place}{name}"


def _rows(rows: Any, width: int) -> list[Any]:
    if not isinstance(rows, list):
        return []
    return [row for row in rows if isinstance(row, list) and len(row) == width]


def _number(value: Any) -> str:
    if value is None:
        return NOTHING
    try:
        return text.number(Decimal(str(value)))
    except (InvalidOperation, ValueError):
        return str(value)
