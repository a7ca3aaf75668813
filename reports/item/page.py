"""事项详情: everything known of one item, for whom it may be known.

Everybody reads the last 定稿 with the figures as they stood then; the office and the units that
answer for the item read beside it what holds now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from huangshi_tasks.lib.numerals import chinese
from huangshi_tasks.lib.text import full_width
from progress.finalizing.finalize import row_to_freeze
from progress.judging.figures import Figures
from progress.judging.gathering import Gatherer
from progress.judging.judge import live_of
from progress.judging.loading import deadline_on
from progress.lights.phrases import gap_words
from progress.models import Evidence, ProgressReport, TaskPeriod
from progress.periods.access import newest_opened, periods_of
from progress.periods.owed import Reliefs, with_versions
from reports.item.history import Decided, Event, decisions_of, events_of
from reports.item.holders import Holders, holders_of, is_on
from reports.item.matters import MatterHere, matters_of
from reports.item.owed import OwedHere, owed_here
from reports.item.record import Record
from reports.item.steps import Step, steps_of
from reports.ledger.frozen import planned_then
from reports.ledger.rows import LedgerRow
from reports.numbers.grid import CountyGrid
from reports.numbers.lines import IndicatorLine, Past, tables_on
from reports.numbers.outlook import Outlook
from tasks.holders.portfolios import in_charge_of
from tasks.models import Responsibility, Task
from units.actors import Actor
from units.models import Post


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
    holders: Holders
    posts: list[Post]
    events: list[Event]
    files: list[Evidence]
    decisions: list[Decided]
    matters: list[MatterHere]
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
    def acts(self) -> list[OwedHere]:
        """The one filing that this person should act on first, as a list of none or one."""
        return [each for each in self.owed if each.is_mine][:1]


def item_page(task: Task, actor: Actor, today: date, now: datetime) -> ItemPage:
    """Gather the page of `task`, which the actor may see; completes the object it is given."""
    period = newest_opened(task.plan, today).get(task.cycle)
    reports = _reports(task)
    record = Record(reports)
    gatherer = Gatherer(
        [(task, period or periods_of(task.plan)[0])], reports=reports, figures=record.in_force()
    )
    held = list(Responsibility.objects.on(today).filter(task=task).select_related("unit"))
    frozen = [_row(task, today, row) for row in gatherer.frozen[task.pk]]
    row = frozen[-1] if frozen else _row(task, today)
    live = None
    if period is not None and not period.is_finalized and _sees_live(held, actor):
        judged = live_of(gatherer, task, period)
        live = _row(task, today, row_to_freeze(task, judged, now))
    figures = _figures_of(row, record)
    tables = tables_on([task], {task.pk: row.data_as_of or today}, figures)[task.pk]
    adjustments, closures = gatherer.adjustments[task.pk], gatherer.closures[task.pk]
    return ItemPage(
        task=task,
        row=row,
        live=live,
        past=_past(frozen, live, record),
        lines=[_planned(line, row) for line in tables.lines],
        counties=CountyGrid(tables.counties),
        steps=steps_of(task.milestones.all(), today),
        holders=holders_of(task, held, actor, today),
        posts=in_charge_of([task], today, held)[task.pk],
        events=events_of(reports, actor),
        files=_files(task, actor),
        decisions=decisions_of(task, adjustments, closures, actor),
        matters=matters_of(task, actor, today),
        owed=owed_here(reports, Reliefs(adjustments, closures), actor, today),
    )


def _reports(task: Task) -> list[ProgressReport]:
    """Every report of the item with its versions. What the actor may see of them is asked by
    whoever shows them.
    """
    found = with_versions(ProgressReport.objects.filter(responsibility__task=task))
    found = found.select_related("accepted_version").prefetch_related("versions")
    return list(found)


def _sees_live(held: Iterable[Responsibility], actor: Actor) -> bool:
    return actor.is_office or is_on(held, actor, leading=True)


def _row(task: Task, today: date, frozen: TaskPeriod | None = None) -> LedgerRow:
    return LedgerRow(task, deadline_on(task, today), frozen=frozen)


def _figures_of(row: LedgerRow, record: Record) -> Figures:
    """The figures behind a row: as they stood at its 定稿."""
    return record.at(row.frozen.frozen_at) if row.frozen is not None else Figures()


def _past(frozen: Sequence[LedgerRow], live: LedgerRow | None, record: Record) -> list[PastPeriod]:
    """The newest first; above it what would be frozen now."""
    past = [PastPeriod(row, _numbers(row, _figures_of(row, record))) for row in reversed(frozen)]
    if live is None:
        return past
    return [PastPeriod(live, _numbers(live, record.in_force()), is_live=True), *past]


def _numbers(row: LedgerRow, figures: Figures) -> list[Past]:
    day = row.data_as_of
    if day is None:
        return []
    return [
        Past(
            planned_then(indicator, indicator.target_on(day), row, day),
            figures.of_city(indicator.pk, day),
            figures.started(indicator.pk, None, day),
        )
        for indicator in row.task.indicators.all()
    ]


def _planned(line: IndicatorLine, row: LedgerRow) -> IndicatorLine:
    """The line with what was planned by then, which may stand for months passed."""
    day = row.data_as_of
    if day is None:
        return line
    target = line.indicator.target_on(day)
    return replace(line, planned=planned_then(line.indicator, target, row, day))


def _files(task: Task, actor: Actor) -> list[Evidence]:
    visible = Evidence.objects.visible_to(actor).filter(task=task, withdrawn_at__isnull=True)
    return list(visible.select_related("unit").order_by("-uploaded_at"))
