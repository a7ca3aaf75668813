"""需协调: what units asked of the city in their reports, and one click that hands it on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from progress.matters.fields import unit_named, written
from progress.matters.instructions import due_day, register
from progress.models import (
    Instruction,
    InstructionSource,
    ReportState,
    ReportVersion,
    Urgency,
)
from tasks.models import Plan
from units.actors import Actor
from units.errors import NotNow
from units.models import Unit

TITLE_LENGTH = 40


@dataclass(frozen=True)
class Asked:
    """One problem that a unit raised, and the instruction that it became."""

    version: ReportVersion
    instruction: Instruction | None


def asked_for(plan: Plan) -> QuerySet[ReportVersion]:
    """Problems of filings that count (accepted) or are with the office, the newest first."""
    counts = Q(report__accepted_version=F("pk"))
    waits = Q(report__state=ReportState.REVIEWING, decision="", submitted_at__isnull=False)
    found = ReportVersion.objects.filter(counts | waits, report__period__plan=plan)
    return (
        found.exclude(coordination="")
        .select_related(
            "report__period", "report__responsibility__task__plan", "report__responsibility__unit"
        )
        .order_by("-report__period__data_as_of", "-pk")
    )


def asked_list(plan: Plan) -> list[Asked]:
    """The list of the office: what was not handed on yet first."""
    versions = list(asked_for(plan))
    made = {
        each.version_id: each
        for each in Instruction.objects.filter(version__in=versions).select_related("plan")
    }
    rows = [Asked(version, made.get(version.pk)) for version in versions]
    return sorted(rows, key=lambda row: row.instruction is not None)


def proposed_lead(version: ReportVersion, today: date) -> Unit | None:
    """The unit that the report proposes, when the directory knows the name."""
    return unit_named(version.coordination_lead.strip(), today)


def title_of(version: ReportVersion) -> str:
    """The first sentence, cut to fit."""
    first = version.coordination.strip().split("。")[0].split("\n")[0]
    return first if len(first) <= TITLE_LENGTH else f"{first[: TITLE_LENGTH - 1]}…"


def initial_of(version: ReportVersion, today: date) -> dict[str, Any]:
    """What a registration begins with."""
    report = version.report
    return {
        "source": InstructionSource.COORDINATION,
        "title": title_of(version),
        "text": version.coordination,
        "decided_by": report.unit_name,
        "decided_on": today,
        "paper": f"{report}报送单",
        "lead": proposed_lead(version, today),
        "tasks": written(report.task),
        "due_on": _due(version, today),
        "urgency": Urgency.ORDINARY,
    }


def _due(version: ReportVersion, today: date) -> date:
    wanted = version.coordination_by
    return wanted if wanted and wanted >= today else due_day(Urgency.ORDINARY, today)


def hand_on(*, version: ReportVersion, actor: Actor, now: datetime) -> Instruction:
    """转为交办 with what the report says. Raises `NotNow` when it was handed on already, or the
    directory does not know the unit proposed.
    """
    require_new(version)
    today = now.date()
    lead = proposed_lead(version, today)
    if lead is None:
        name = version.coordination_lead or "（未填）"
        raise NotNow(f"建议牵头单位“{name}”不在单位名录中，请选择承办单位后登记。")
    given = initial_of(version, today) | {
        "lead": lead,
        "tasks": [version.report.task],
        "version": version,
        "visibility": version.report.task.visibility,
    }
    return register(plan=version.report.period.plan, actor=actor, now=now, **given)


def require_new(version: ReportVersion) -> None:
    """Raises `NotNow` when the problem was handed on already."""
    made = Instruction.objects.filter(version=version).select_related("plan").first()
    if made is not None:
        raise NotNow(f"此项已转为交办事项（{made.code}），不能重复登记。")
