"""引用: put an earlier text or figure, a co-lead's paragraph or a support's answer into the draft.

Texts are added behind what is there; a figure takes the place of the one typed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from progress.contents.parts import parts_of
from progress.contents.row_sources import Sources
from progress.contents.rows import rows_of
from progress.contents.values import values_of
from progress.filing import drafts
from progress.judging.earlier import previous_version
from progress.models import ProgressReport, ReportVersion, SupportState
from units.actors import Actor
from units.errors import NotNow

TEXTS = frozenset({"progress", "problems", "next_steps"})
NOTHING = "没有可以引用的内容，请刷新页面后重试。"


def quote(*, report: ProgressReport, actor: Actor, now: datetime, source: str) -> None:
    """`source`: ``previous:<key of a field>``, ``part:<unit>`` or ``support:<request>`` (ids).

    Raises `NotNow` for anything else, and when the report is not open.
    """
    kind, _, key = source.partition(":")
    latest = report.latest()
    if kind == "previous":
        field, value = key, _previous(report, latest, key)
    else:
        field, value = "progress", _others(report, kind, key)
    if field in TEXTS:
        typed = values_of(latest).get(field, "").rstrip()
        value = f"{typed}\n{value}" if typed else value
    base = drafts.fingerprint(latest)
    drafts.save_draft(
        report=report, actor=actor, now=now, values={field: value}, base=base, allowed={field}
    )


def _previous(report: ProgressReport, latest: ReportVersion | None, key: str) -> Any:
    """What was accepted last in this field, which is the unit's to fill."""
    if key in TEXTS:
        before = previous_version(report)
        found = getattr(before, key) if before is not None else ""
    else:
        found = next(
            (
                row.previous if key == f"{row.prefix}value" else row.previous_started
                for row in rows_of(report, latest, Sources.of([report])).indicators
                if row.is_editable and key in (f"{row.prefix}value", f"{row.prefix}started")
            ),
            None,
        )
    if found in (None, ""):
        raise NotNow(NOTHING)
    return found


def _others(report: ProgressReport, kind: str, key: str) -> str:
    """The paragraph of a co-lead, or the answer of a support unit, with whose it is."""
    if kind == "part" and report.is_main:
        for part in parts_of(report):
            if str(part.unit.pk) == key and part.version is not None and part.version.progress:
                return f"{part.unit}：{part.version.progress}"
    elif kind == "support" and key.isdecimal() and len(key) < 12:
        asked = report.support_requests.filter(pk=int(key), state=SupportState.ANSWERED)
        if answered := asked.select_related("unit").first():
            return f"{answered.unit}：{answered.answer}"
    raise NotNow(NOTHING)
