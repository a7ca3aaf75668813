"""One project in full: its 分项, the 子项 behind them with photos, last year's promise beside it.

Everybody reads of a 子项 what was last accepted; who keeps the list changes it on its own page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import F, OuterRef, Subquery

from progress.board.numbers import Number
from progress.board.shown import Item
from progress.evidence.photos import chosen_of
from progress.models import Evidence, SubItemReading, TaskPeriod
from reports.ledger.rows import LedgerRow
from reports.projects.page import Project, projects_of
from tasks.models import Indicator, IndicatorTarget, SubItem, SubItemStage, Task
from units.actors import Actor
from units.models.units import place_of


class Said(NamedTuple):
    """A 子项 as it was last accepted; of what stands in `SubItemReading` and `SubItem`."""

    sub_item_id: int
    indicator_id: int
    name: str
    unit_name: str
    unit_kind: str
    stage: str
    started_on: date | None
    finished_on: date | None
    invested: Decimal | None

    @property
    def place(self) -> str:
        return place_of(self.unit_name, self.unit_kind)

    def get_stage_display(self) -> str:
        return str(SubItemStage(self.stage).label)


@dataclass(frozen=True)
class Part:
    """A 子项 as it was last accepted, with the photos of it that the office chose."""

    said: Said
    photos: list[Evidence]


@dataclass(frozen=True)
class PartList:
    """The 子项 of one 分项."""

    indicator: Number
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


def project_parts(row: LedgerRow, actor: Actor) -> ProjectParts:
    """About ten queries, whatever the number of 子项. `row` is one that the actor may see."""
    project = projects_of([row]).projects[0]
    indicators = [each.line.indicator for each in project.lines]
    chosen = list(chosen_of(row.task.pk))
    lists = _lists(indicators, chosen)
    listed = {photo.pk for each in lists for part in each.parts for photo in part.photos}
    others = [photo for photo in chosen if photo.pk not in listed]
    return ProjectParts(project, lists, others, _last_year(row.task, actor))


def _lists(indicators: Sequence[Number], chosen: Sequence[Evidence]) -> list[PartList]:
    """Those 分项 that have 子项 accepted by now."""
    photos = _by_sub_item(chosen)
    found: dict[int, list[Part]] = defaultdict(list)
    for each in _last_said([each.pk for each in indicators]):
        part = Part(each, photos.get(each.sub_item_id, []))
        found[each.indicator_id].append(part)
    return [PartList(each, found[each.pk]) for each in indicators if found.get(each.pk)]


def _last_said(indicators: Sequence[int]) -> list[Said]:
    """By unit and name, of each 子项 in use its newest word; a year has one of every period."""
    accepted = SubItemReading.objects.filter(
        sub_item=OuterRef("pk"), version=F("version__report__accepted_version")
    )
    newest = accepted.order_by("-version__decided_at", "-pk").values("pk")[:1]
    standing = SubItem.objects.filter(indicator__in=indicators, retired_on__isnull=True)
    last = standing.annotate(last=Subquery(newest)).values("last")
    rows = (
        SubItemReading.objects.filter(pk__in=last)
        .order_by("pk")
        .values_list(
            "sub_item__unit__ordinal",
            *("sub_item_id", "sub_item__indicator_id", "sub_item__name"),
            *("sub_item__unit__name", "sub_item__unit__kind"),
            *("stage", "started_on", "finished_on", "invested"),
        )
    )
    said = [(ordinal, Said(*row)) for ordinal, *row in rows]
    return [each for _, each in sorted(said, key=lambda pair: (pair[0], _counted(pair[1].name)))]


def _counted(name: str) -> str:
    """The name with its figures as long as each other: 2号楼 stands before 10号楼."""
    return re.sub(r"\d+", lambda figures: figures[0].zfill(6), name)


def _by_sub_item(photos: Iterable[Evidence]) -> dict[int, list[Evidence]]:
    found: dict[int, list[Evidence]] = defaultdict(list)
    for each in photos:
        if each.sub_item_id is not None:
            found[each.sub_item_id].append(each)
    return found


def _last_year(task: Item, actor: Actor) -> LastYear | None:
    if task.carried_from_id is None:
        return None
    last = Task.objects.visible_to(actor).filter(pk=task.carried_from_id)
    before = last.select_related("plan").prefetch_related("indicators__targets").first()
    if before is None:
        return None
    frozen = TaskPeriod.objects.filter(task=before).order_by("-period__data_as_of", "-pk")
    return LastYear(before, frozen.select_related("period").first())
