"""事项详情: everything known of one item, for whom it may be known.

Everybody reads the last 定稿 with the figures as they stood then; the office and the units that
answer for the item read beside it what holds now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import DateField, IntegerField, QuerySet, Value
from msgspec import structs

from huangshi_tasks.lib.numerals import chinese
from huangshi_tasks.lib.text import full_width
from progress.board.numbers import IndicatorLine, Pledge, planned_then, tables_on
from progress.board.outlook import Outlook
from progress.board.shown import Frozen, Item, Source
from progress.judging.figures import Figures
from progress.judging.freezing import row_to_freeze
from progress.judging.gathering import Gatherer, Main
from progress.judging.judge import live_of
from progress.judging.loading import deadline_on, planned_value
from progress.lights.phrases import gap_words
from progress.models import (
    Adjustment,
    Closure,
    Evidence,
    Instruction,
    Period,
    ProgressReport,
    ReportVersion,
    SiteVisit,
    SupervisionOrder,
    TaskPeriod,
    VisitState,
)
from progress.periods.access import newest_opened, periods_of
from progress.periods.owed import Reliefs, told_apart
from reports.item.history import Decided, Event, decisions_of, events_of
from reports.item.holders import Holders, holders_of, is_on
from reports.item.matters import MatterHere, matters_of
from reports.item.owed import OwedHere, owed_here
from reports.item.printed import Printed, printed_of
from reports.item.quality import Quality, quality_of
from reports.item.record import Record
from reports.item.steps import Step, steps_of
from reports.item.uses import uses_of
from reports.ledger.rows import LedgerRow
from reports.models import BulletinUse
from reports.numbers.grid import CountyGrid
from tasks.holders.portfolios import in_charge_of
from tasks.models import Responsibility, Task
from units.actors import Actor
from units.asking.prepared import attach, prepared
from units.models import Post
from units.stamps.shown import FINALIZED

FILES, MATTERS, USES, VISITS = "files", "matters", "uses", "visits"


@dataclass(frozen=True)
class Past:
    """One number at the end of one period: planned, actual, started."""

    planned: Decimal | None
    actual: Decimal | None
    started: Decimal | None


@dataclass(frozen=True)
class PastPeriod:
    """A period's judgement, frozen or as of now, and the item's numbers at its end."""

    row: LedgerRow
    numbers: list[Past]
    is_live: bool = False


@dataclass(frozen=True)
class ItemPage:
    """The page, ready to print. `row` is the last 定稿, `live` what would be frozen now."""

    task: Task
    row: LedgerRow
    live: LedgerRow | None
    past: list[PastPeriod]
    lines: list[IndicatorLine]
    counties: CountyGrid
    steps: list[Step]
    pledges: tuple[Pledge, ...]
    quality: list[Quality]
    holders: Holders
    printed: Printed
    posts: list[Post]
    events: list[Event]
    files: list[Evidence]
    decisions: list[Decided]
    matters: list[MatterHere]
    uses: list[BulletinUse]  # which sentences of issued papers are taken from its reports
    owed: list[OwedHere]

    @property
    def place(self) -> str:
        """Where the notice has it: 第二部分第17项, 十件实事第3件."""
        area = self.task.area
        return f"第{chinese(area.ordinal)}部分第{self.task.number}项" if area else self.task.code

    @property
    def has_percent(self) -> bool:
        """Whether any period was judged by a percent; the others are judged in words."""
        rows = (each.row.frozen for each in self.past)
        return any(row is not None and row.percent is not None for row in rows)

    @property
    def gap_in_words(self) -> str:
        """高于序时进度3.2个百分点; empty where there is no gap."""
        frozen = self.row.frozen
        return gap_words(frozen.gap) if frozen is not None and frozen.gap is not None else ""

    @property
    def sources(self) -> list[str]:
        """Where figures were published, and which."""
        return [f"{full_width(x.indicator.name)}，{x.source}" for x in self.lines if x.source]

    @property
    def outlooks(self) -> list[tuple[str, Outlook]]:
        """Each cumulative number with what it will come to at the end of the year."""
        found = [(line.indicator.name, line.outlook) for line in self.lines]
        return [(name, outlook) for name, outlook in found if outlook is not None]

    @property
    def listed(self) -> set[int]:
        """The numbers (ids) behind which things are listed one by one (子项)."""
        indicators = self.task.indicators.all()
        return {each.pk for each in indicators if getattr(each, "has_sub_items", False)}

    @property
    def acts(self) -> list[OwedHere]:
        """The one filing that this person should act on first, as a list of none or one."""
        return [each for each in self.owed if each.is_mine][:1]


def item_page(task: Task, actor: Actor, today: date, now: datetime) -> ItemPage:
    """Gather the page of `task`, which the actor may see; completes the object it is given."""
    period = newest_opened(task.plan, today).get(task.cycle)
    reports = _reports(task)
    record = Record(reports)
    gatherer = Gatherer(
        [(task, period or periods_of(task.plan)[0])],
        mains=[Main.of(report) for report in reports if report.is_main],
        figures=record.in_force(),
        versions=record.accepted,
    )
    held = _held(task=task.pk, day=today)
    frozen = [
        _row(task, today, row, record.source(row.version_id)) for row in _frozen(task=task.pk)
    ]
    row = frozen[-1] if frozen else _row(task, today)
    waiting = [each for each in _collecting(task, today) if _sees_live(task, held, actor)]
    lives = [
        _row(task, today, row_to_freeze(task, live, now), Source.of_version(live.version))
        for live in (live_of(gatherer, task, each) for each in waiting)
    ]
    live = lives[0] if lives and waiting[0] == period else None
    figures = _figures_of(row, record)
    tables = tables_on([task], {task.pk: row.data_as_of or today}, figures, {})[task.pk]
    decided = gatherer.decided
    adjustments = _adjustments(task=task.pk) if task.pk in decided.adjustments else []
    closures = _closures(task=task.pk) if task.pk in decided.closures else []
    there_is = set(_there_is(task=task.pk))
    printed = printed_of(task, today)
    return ItemPage(
        task=task,
        row=row,
        live=live,
        past=_past(task, frozen, lives, record),
        lines=[_planned(line, row) for line in tables.lines],
        counties=CountyGrid(tables.counties),
        steps=steps_of(task.milestones.all(), today),
        pledges=tables.pledges,
        quality=quality_of(task, record, is_visited=VISITS in there_is),
        holders=holders_of(printed.designations, held, actor, today),
        printed=printed,
        posts=in_charge_of([task], today, held)[task.pk],
        events=events_of(reports, actor),
        files=_files(task, actor) if FILES in there_is else [],
        decisions=decisions_of(task, adjustments, closures, actor),
        matters=matters_of(task, actor, today) if MATTERS in there_is else [],
        uses=uses_of(task, actor) if USES in there_is else [],
        owed=owed_here(reports, Reliefs(adjustments, closures), actor, today),
    )


def _reports(task: Task) -> list[ProgressReport]:
    """Every report of the item with its versions. What the actor may see of them is asked by
    whoever shows them.
    """
    found = _reports_of(task=task.pk)
    versions = _versions_of(task=task.pk)
    attach(found, "versions", versions, "report")
    by_pk = {version.pk: version for version in versions}
    for report in found:
        report.responsibility.task = task
        report.period.plan = task.plan
        report.accepted_version = by_pk.get(report.accepted_version_id or 0)
    return found


@prepared(FINALIZED, task=IntegerField())
def _adjustments(task: Any) -> QuerySet[Adjustment]:
    return Adjustment.objects.filter(task=task).select_related("approval").order_by("starts_on")


@prepared(FINALIZED, task=IntegerField())
def _closures(task: Any) -> QuerySet[Closure]:
    return Closure.objects.filter(task=task).select_related("approval").order_by("claimed_at")


@prepared(FINALIZED, task=IntegerField(), day=DateField())
def _held(task: Any, day: Any) -> QuerySet[Responsibility]:
    held = Responsibility.objects.on(day).filter(task=task).select_related("unit")
    return held.defer("received_at", "received_by")


@prepared(FINALIZED, task=IntegerField())
def _frozen(task: Any) -> QuerySet[TaskPeriod]:
    frozen = TaskPeriod.objects.filter(task=task).select_related("period")
    return frozen.order_by("period__data_as_of", "pk")


@prepared(task=IntegerField())
def _reports_of(task: Any) -> QuerySet[ProgressReport]:
    found = ProgressReport.objects.filter(responsibility__task=task)
    related = told_apart(found).select_related("period", "responsibility__unit")
    of_period = ("period__data_as_of", "period__cycle")
    return related.order_by(
        *of_period, "-responsibility__is_primary", "responsibility__ordinal", "pk"
    )


@prepared(task=IntegerField())
def _versions_of(task: Any) -> QuerySet[ReportVersion]:
    return ReportVersion.objects.filter(report__responsibility__task=task)


def _collecting(task: Task, today: date) -> list[Period]:
    """The periods of the item that wait for their 定稿, the newest first: after a late start, or
    where the one before is not finalized yet, there are several.
    """
    return [
        each
        for each in reversed(periods_of(task.plan))
        if each.cycle == task.cycle
        and each.is_open(today)
        and (task.added_on is None or task.added_on <= each.data_as_of)
    ]


def _sees_live(task: Task, held: Sequence[Responsibility], actor: Actor) -> bool:
    """Nothing is judged of an item that nobody leads (暂缓, 汇总牵头待定)."""
    is_led = not task.aside_reason or any(each.is_primary for each in held)
    return is_led and (actor.is_office or is_on(held, actor, leading=True))


def _row(
    task: Task, today: date, frozen: TaskPeriod | None = None, source: Source | None = None
) -> LedgerRow:
    judged = Frozen.of(frozen, source) if frozen is not None else None
    of = judged.period.data_as_of if judged is not None else None
    return LedgerRow(Item.of(task), deadline_on(task, today), frozen=judged, of=of, day=today)


def _figures_of(row: LedgerRow, record: Record) -> Figures:
    """The figures behind a row: as they stood at its 定稿."""
    return record.at(row.frozen.frozen_at) if row.frozen is not None else Figures()


def _past(
    task: Task, frozen: Sequence[LedgerRow], lives: Sequence[LedgerRow], record: Record
) -> list[PastPeriod]:
    """The newest first; above it what would be frozen now, period by period."""
    past = [
        PastPeriod(row, _numbers(task, row, _figures_of(row, record))) for row in reversed(frozen)
    ]
    now = record.in_force()
    return [
        *(PastPeriod(live, _numbers(task, live, now), is_live=True) for live in lives),
        *past,
    ]


def _numbers(task: Task, row: LedgerRow, figures: Figures) -> list[Past]:
    day = row.data_as_of
    if day is None:
        return []
    numbers = []
    for indicator in task.indicators.all():
        target = indicator.target_on(day)
        promised = target.value if target is not None else None
        planned = planned_value(indicator, None, day)
        numbers.append(
            Past(
                planned_then(indicator, planned, promised, row.frozen, task.plan.year),
                figures.of_city(indicator.pk, day),
                figures.started(indicator.pk, None, day),
            )
        )
    return numbers


def _planned(line: IndicatorLine, row: LedgerRow) -> IndicatorLine:
    """The line with what was planned by then, which may stand for months passed."""
    year = row.task.plan.year
    planned = planned_then(line.indicator, line.planned, line.target, row.frozen, year)
    return structs.replace(line, planned=planned)


@prepared(task=IntegerField())
def _there_is(task: Any) -> QuerySet[Any, str]:
    """Which of `FILES`, `MATTERS`, `USES` and `VISITS` stand on an item at all. Most have none, and
    which of them the actor may see is much to ask.
    """
    files = Evidence.objects.filter(task=task, withdrawn_at__isnull=True)
    handed = Instruction.objects.filter(tasks=task)
    sheets = SupervisionOrder.objects.filter(task=task)
    used = BulletinUse.objects.filter(task=task)
    visits = SiteVisit.objects.filter(task=task, state=VisitState.CLOSED)
    of_files, *of_others = (
        found.order_by().annotate(what=Value(what)).values_list("what", flat=True)
        for found, what in (
            (files, FILES),
            (handed, MATTERS),
            (sheets, MATTERS),
            (used, USES),
            (visits, VISITS),
        )
    )
    return of_files.union(*of_others)


def _files(task: Task, actor: Actor) -> list[Evidence]:
    files = _files_of(task=task.pk)
    seen = Evidence.objects.visible_to(actor).filter(pk__in=[each.pk for each in files])
    seen_ids = set(seen.order_by().values_list("pk", flat=True))
    return [each for each in files if each.pk in seen_ids]


@prepared(task=IntegerField())
def _files_of(task: Any) -> QuerySet[Evidence]:
    files = Evidence.objects.filter(task=task, withdrawn_at__isnull=True)
    return files.order_by("-uploaded_at")
