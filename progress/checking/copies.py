"""A text that another item or unit filed in the same period; one query, so asked where a report is
sent, signed and reviewed, not while it is typed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import IntegerField, QuerySet

from progress.checking.doubts import doubts_about
from progress.checking.findings import Finding
from progress.checking.look import Look, answer_before
from progress.models import Decision, Duty, ReportVersion
from progress.quality.facts import Facts, Other
from tasks.models.items import code_of
from units.asking.prepared import prepared


def with_copies(look: Look, *, names_all: bool = False) -> Look:
    """`look` with a finding more where its 进展情况 is another's of the period. A unit is not told
    of whom it does not see; `names_all`: the office is.
    """
    version = look.version
    if version is None or look.report.duty == Duty.SHARE or not version.progress.strip():
        return look
    found = _copied(look, look.facts_of(version), names_all=names_all)
    known = [each for each in found if answer_before(look, each)]
    return replace(
        look,
        findings=[*look.findings, *(each for each in found if each not in known)],
        settled=[*look.settled, *known],
    )


def _copied(look: Look, facts: Facts, *, names_all: bool) -> list[Finding]:
    """The finding, if it is a copy; a primary lead may quote the co-leads of its item."""
    report = look.report
    assert look.version is not None
    others = []
    for task, kind, number, unit_id, unit, text in _filed(
        period=report.period_id, report=report.pk
    ):
        if task == report.task.pk and report.is_main:
            continue
        is_seen = names_all or task == report.task.pk or unit_id == report.unit.pk
        who = f"{unit}填报的{code_of(kind, number)}" if is_seen else "本期另一份填报"
        others.append(Other(who, text))
    doubts = doubts_about(look.version.progress, replace(facts, others=tuple(others)))
    return [each for each in doubts if each.code.startswith("copied.")]


@prepared(period=IntegerField(), report=IntegerField())
def _filed(period: Any, report: Any) -> QuerySet[ReportVersion, tuple[Any, ...]]:
    sent = ReportVersion.objects.filter(report__period=period, submitted_at__isnull=False)
    others = sent.exclude(decision=Decision.RETURNED).exclude(report=report).exclude(progress="")
    of = "report__responsibility__"
    return others.order_by().values_list(
        *(f"{of}{name}" for name in ("task_id", "task__kind", "task__number")),
        *(f"{of}{name}" for name in ("unit_id", "unit__name")),
        "progress",
    )
