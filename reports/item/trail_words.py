"""The log's entries of one item in words: figures, targets and deadlines with old and new."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from huangshi_tasks.lib import text
from progress.adjustments.page import asked_in_words, before_in_words
from progress.models import Adjustment
from tasks.models import Indicator, Task
from units.log.reading import Trace, trace_of
from units.models import LogEntry, Unit

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
        changes = _changes(entry)
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


def _changes(entry: LogEntry) -> dict[str, Any]:
    """Never fails on a row that somebody tampered with."""
    try:
        return dict(json.loads(entry.payload).get("changes") or {})
    except (ValueError, TypeError, AttributeError):
        return {}


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
