"""核查: put down, record what was found, follow the mending, close.

What was counted on the spot becomes the 核定数 of the last accepted figure, and statistics use it
from the next 定稿 on. Units on the item read the result when it is closed; the leads are told of it
then, and before that, at once, of what they have to mend.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F

from huangshi_tasks.lib.text import number
from progress.lifecycle.by_office import set_verified
from progress.lifecycle.permissions import can_review_version
from progress.models import (
    Closure,
    Reading,
    SiteVisit,
    VisitDraw,
    VisitFinding,
    VisitState,
)
from progress.models.decisions import ClosureState
from progress.visits.notices import tell_visited
from progress.visits.workflow import VISITS
from tasks.models import Indicator, Task
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.models import Unit
from units.permissions import can_run_the_year, require

UNDER_WAY = (VisitState.PLANNED, VisitState.RECORDED, VisitState.MENDED)


@dataclass(frozen=True)
class Counted:
    """A figure found on the spot. `part_of` is the unit whose part it is; None means the city's."""

    indicator: Indicator
    part_of: Unit | None
    value: Decimal


@transaction.atomic
def plan_visit(
    *,
    task: Task,
    actor: Actor,
    now: datetime,
    draw: VisitDraw | None = None,
    because: str = "",
) -> SiteVisit:
    """列入核查, drawn or chosen (then with a reason). One log entry. Raises `NotNow`."""
    require(can_run_the_year(actor))
    if draw is None and not because.strip():
        raise NotNow("请写明选定该事项核查的原因。")
    Task.objects.select_for_update(of=("self",)).get(pk=task.pk)  # two people, one visit
    if SiteVisit.objects.filter(task=task, state=VisitState.PLANNED).exists():
        raise NotNow(f"{task.code}已列入核查，尚未登记结果。")
    visit = SiteVisit.objects.create(
        task=task,
        draw=draw,
        chosen_because=because.strip(),
        closure=Closure.objects.filter(task=task, state=ClosureState.CLAIMED).first(),
        planned_at=now,
        planned_by=actor.user,
        planned_by_name=actor.name,
    )
    log.record(
        actor=actor,
        action="sitevisit.plan",
        subject=visit,
        summary=f"列入核查：{visit}（{'随机抽取' if draw else '选定'}）",
        reason=because,
        now=now,
    )
    return visit


def record_visit(
    *,
    visit: SiteVisit,
    kind: str,
    visited_on: date,
    people: str,
    finding: str,
    text: str,
    actor: Actor,
    now: datetime,
    mend_by: date | None = None,
    counted: Counted | None = None,
) -> SiteVisit:
    """登记核查结果. What is not wholly true needs a day by which it is mended. Raises `NotNow`."""
    if visited_on > now.date():
        raise NotNow("核查日期不能晚于今天。")
    if finding != VisitFinding.TRUE and mend_by is None:
        raise NotNow("部分属实、不实的，请填写整改期限。")
    if mend_by is not None and mend_by < visited_on:
        raise NotNow("整改期限不能早于核查日期。")
    details: dict[str, Any] = {"finding": finding, "visited_on": visited_on, "mend_by": mend_by}

    def stamp(locked: SiteVisit) -> Sequence[str]:
        locked.kind, locked.visited_on, locked.people = kind, visited_on, people
        locked.finding, locked.text, locked.mend_by = finding, text, mend_by
        if mend_by is not None:
            tell_visited(locked, now)
        fields = ["kind", "visited_on", "people", "finding", "text", "mend_by"]
        return fields + (_count(locked, counted, actor, details) if counted else [])

    return VISITS.perform("record", visit, actor=actor, now=now, stamp=stamp, details=details)


def _count(visit: SiteVisit, counted: Counted, actor: Actor, details: dict[str, Any]) -> list[str]:
    """Put the figure found in place of the filed one, with the visit as its reason."""
    reading = reading_to_verify(counted.indicator, counted.part_of)
    require(can_review_version(actor, reading.version))
    before = reading.effective
    day = f"{visit.visited_on:%Y-%m-%d}"
    why = f"{day}核查{visit.get_finding_display()}，核查人员：{visit.people}"
    set_verified(reading, counted.value, why[:200], actor)
    visit.indicator, visit.part_of = counted.indicator, counted.part_of
    visit.figure, visit.reading = counted.value, reading
    details["verified"] = [[reading.indicator_id, reading.unit_id, before, counted.value]]
    return ["indicator", "part_of", "figure", "reading"]


def reading_to_verify(indicator: Indicator, unit: Unit | None) -> Reading:
    """The last accepted figure of one place. Raises `NotNow` when there is none."""
    accepted = Reading.objects.filter(
        indicator=indicator,
        unit=unit,
        value__isnull=False,
        version=F("version__report__accepted_version"),
    )
    newest = accepted.select_related("version").order_by(
        "-version__report__period__data_as_of", "filled_by_lead", "-version__number", "-pk"
    )
    found = newest.first()
    if found is None:
        raise NotNow(
            f"{unit or ''}{indicator}还没有审核通过的数，不能核定；请把核查数写在核查情况里。"
        )
    return found


def filed_in_words(reading: Reading) -> str:
    """The figure that stands now, as the choice of the form prints it."""
    indicator = reading.indicator
    amount = f"{number(reading.effective or Decimal(0))}{indicator.unit_of_measure}"
    return f"{reading.unit or ''}{indicator}（现为{amount}）"


def mend(*, visit: SiteVisit, mended_on: date, note: str, actor: Actor, now: datetime) -> SiteVisit:
    """登记整改: what was wrong is in order since a day."""
    if mended_on > now.date():
        raise NotNow("整改完成日期不能晚于今天。")

    def stamp(locked: SiteVisit) -> Sequence[str]:
        if locked.visited_on is not None and mended_on < locked.visited_on:
            raise NotNow("整改完成日期不能早于核查日期。")
        locked.mended_on, locked.mended_note = mended_on, note.strip()
        return ("mended_on", "mended_note")

    return VISITS.perform("mend", visit, actor=actor, now=now, stamp=stamp, reason=note)


def close_visit(*, visit: SiteVisit, actor: Actor, now: datetime) -> SiteVisit:
    """完成: the units on the item read it from now on."""

    def stamp(locked: SiteVisit) -> Sequence[str]:
        if locked.waits_for_mending:
            raise NotNow("有整改期限的，请先登记整改情况。")
        locked.closed_at, locked.closed_by_name = now, actor.name
        tell_visited(locked, now)
        return ("closed_at", "closed_by_name")

    return VISITS.perform("close", visit, actor=actor, now=now, stamp=stamp)


def drop_visit(*, visit: SiteVisit, reason: str, actor: Actor, now: datetime) -> SiteVisit:
    """取消 before anybody went; the drawn item and the reason stay on record."""
    if not reason.strip():
        raise NotNow("请填写取消原因。")
    return VISITS.perform("drop", visit, actor=actor, now=now, reason=reason)
