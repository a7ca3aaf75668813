"""One project in full: its 分项, the 子项 behind them with photos, last year's promise beside it.

Everybody reads of a 子项 what was last accepted; who keeps the list changes it on its own page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from progress.evidence.photos import chosen_of
from progress.models import Evidence, SubItemReading, TaskPeriod
from reports.ledger.rows import LedgerRow
from reports.projects.page import Project, projects_of
from tasks.models import Indicator, IndicatorTarget, SubItemStage, Task
from units.actors import Actor


@dataclass(frozen=True)
class Part:
    """A 子项 as it was last accepted, with the photos of it that the office chose."""

    said: SubItemReading
    photos: list[Evidence]


@dataclass(frozen=True)
class PartList:
    """The 子项 of one 分项."""

    indicator: Indicator
    parts: list[Part]

    @property
    def stages(self) -> list[tuple[str, str, int]]:
        """Stage, its word, how many; all three add up to the list."""
        counted = Counter(str(part.said.stage) for part in self.parts)
        return [(str(value), str(label), counted[value]) for value, label in SubItemStage.choices]


@dataclass(frozen=True)
class LastYear:
    """What was promised the year before, and how its last 定稿 left it."""

    task: Task
    frozen: TaskPeriod | None

    @property
    def promised(self) -> list[tuple[Indicator, IndicatorTarget | None]]:
        """Each number with the target in force when that year ended."""
        day = date(self.task.plan.year, 12, 31)
        return [(each, each.target_on(day)) for each in self.task.indicators.all()]


@dataclass(frozen=True)
class ProjectParts:
    """The page. `last` is None where nothing was carried over, or it may not be seen."""

    project: Project
    lists: list[PartList]
    photos: list[Evidence]  # chosen by the office, of no 子项 listed
    last: LastYear | None


def project_parts(row: LedgerRow, actor: Actor, today: date) -> ProjectParts:
    """About ten queries, whatever the number of 子项. `row` is one that the actor may see."""
    project = projects_of([row], today).projects[0]
    indicators = [each.line.indicator for each in project.lines]
    chosen = list(chosen_of(row.task))
    lists = _lists(indicators, chosen)
    listed = {photo.pk for each in lists for part in each.parts for photo in part.photos}
    others = [photo for photo in chosen if photo.pk not in listed]
    return ProjectParts(project, lists, others, _last_year(row.task, actor))


def _lists(indicators: Sequence[Indicator], chosen: Sequence[Evidence]) -> list[PartList]:
    """Those 分项 that have 子项 accepted by now."""
    accepted = SubItemReading.objects.filter(
        sub_item__indicator__in=indicators,
        sub_item__retired_on__isnull=True,
        version=F("version__report__accepted_version"),
    ).select_related("sub_item__unit")
    said = {each.sub_item_id: each for each in accepted.order_by("version__decided_at", "pk")}
    photos = _by_sub_item(chosen)
    found: dict[int, list[Part]] = defaultdict(list)
    ordered = sorted(
        said.values(), key=lambda each: (each.sub_item.unit.ordinal, _counted(each.sub_item.name))
    )
    for each in ordered:
        part = Part(each, photos.get(each.sub_item_id, []))
        found[each.sub_item.indicator_id].append(part)
    return [PartList(each, found[each.pk]) for each in indicators if found.get(each.pk)]


def _counted(name: str) -> str:
    """The name with its figures as long as each other: 2号楼 stands before 10号楼."""
    return re.sub(r"\d+", lambda figures: figures[0].zfill(6), name)


def _by_sub_item(photos: Iterable[Evidence]) -> dict[int, list[Evidence]]:
    found: dict[int, list[Evidence]] = defaultdict(list)
    for each in photos:
        if each.sub_item_id is not None:
            found[each.sub_item_id].append(each)
    return found


def _last_year(task: Task, actor: Actor) -> LastYear | None:
    if task.carried_from_id is None:
        return None
    last = Task.objects.visible_to(actor).filter(pk=task.carried_from_id)
    before = last.select_related("plan").prefetch_related("indicators__targets").first()
    if before is None:
        return None
    frozen = TaskPeriod.objects.filter(task=before).order_by("-period__data_as_of", "-pk")
    return LastYear(before, frozen.select_related("period").first())
