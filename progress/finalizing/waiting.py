"""What waits in the office before 定稿, by name: how long, and what becomes of it unread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef

from huangshi_tasks.lib.clock import SHANGHAI
from huangshi_tasks.lib.text import percent
from huangshi_tasks.lib.workdays import workdays_between
from progress.judging.gathering import Gatherer
from progress.lights.light import BEHIND, Judgement
from progress.models import HeldAcceptance, Period, ProgressReport, ReportState, ReportVersion
from units.calendar import workdays

LONG = 3  # working days: from the third on the wait is shown in red


@dataclass(frozen=True)
class Waiting:
    """An item's own report that the office has not read. `before` is what 定稿 would keep, `after`
    what it would be with this report; `parts` of co-leads and counties wait as well.
    """

    report: ProgressReport
    version: ReportVersion
    age: int
    parts: int
    kept: str  # the period whose figures stand meanwhile; empty before the first
    before: Judgement
    after: Judgement
    is_counted_apart: bool

    @property
    def is_long(self) -> bool:
        return self.age >= LONG

    @property
    def gets_worse(self) -> bool:
        """Whether its figures unread are behind, and read are not."""
        return self.before.light in BEHIND and self.after.light not in BEHIND

    @property
    def words(self) -> str:
        """按6月53.2%（报送60.6%）; in words where there is no percent."""
        kept = f"按{self.kept}" if self.kept else "按"
        return f"{kept}{_figure(self.before)}（报送{_figure(self.after)}）"


@dataclass(frozen=True)
class InReview:
    """The office's own queue of a period: items, and filings of co-leads and counties alone. Of
    `held` ones 通过 was pressed a moment ago; 定稿 carries it out first.
    """

    items: Sequence[Waiting]
    parts: Sequence[ProgressReport]
    count: int
    held: int

    @property
    def worse(self) -> int:
        return sum(each.gets_worse for each in self.items)


def in_review(
    versions: Sequence[ReportVersion], period: Period, gathered: Gatherer, now: datetime
) -> InReview:
    """Of `waiting_versions` and everything `gathered` about the items of the period; worst first,
    then the longest waiting.
    """
    unread = [each for each in versions if not each.is_held]  # type: ignore[attr-defined]  # annotated
    mains = [each for each in unread if each.report.is_main]
    parts = [each.report for each in unread if not each.report.is_main]
    beside = Counter(report.task.pk for report in parts)
    own = {each.report.task.pk for each in mains}
    items = _items(mains, period, gathered, now, beside)
    alone = [report for report in parts if report.task.pk not in own]
    held = len(versions) - len(unread)
    return InReview(sorted(items, key=_place), alone, len(unread), held)


def waiting_versions(period: Period) -> list[ReportVersion]:
    """The newest draft of each filing that waits, with its readings; three queries."""
    waiting = ReportVersion.objects.filter(
        report__period=period, report__state=ReportState.REVIEWING
    ).select_related("report__responsibility__task", "report__responsibility__unit")
    pressed = HeldAcceptance.objects.filter(report=OuterRef("report"))
    waiting = waiting.annotate(is_held=Exists(pressed))
    waiting = waiting.prefetch_related("readings", "milestone_readings")
    newest = {each.report_id: each for each in waiting.order_by("number")}
    for each in newest.values():
        each.report.period = period
        each.report.task.plan = period.plan
    return list(newest.values())


def _items(
    versions: Sequence[ReportVersion],
    period: Period,
    gathered: Gatherer,
    now: datetime,
    beside: Counter[int],
) -> list[Waiting]:
    found, days = [], workdays.overrides() if versions else {}
    for version in versions:
        task = version.report.task
        if task.pk not in gathered.tasks:  # nobody leads it any more: it is not judged
            continue
        kept = gathered.version_in_force(task, period)
        left_on = (version.signed_at or now).astimezone(SHANGHAI).date()
        found.append(
            Waiting(
                version.report,
                version,
                max(0, workdays_between(left_on, now.date(), days)),
                beside[task.pk],
                kept.report.period.label if kept is not None else "",
                gathered.judgement(task, period),
                gathered.trying(version).judgement(task, period),
                gathered.facts(task, period).is_in_review,
            )
        )
    return found


def _figure(judgement: Judgement) -> str:
    if judgement.percent is not None:
        return percent(judgement.percent)
    return judgement.light.label


def _place(each: Waiting) -> tuple[bool, int, Decimal]:
    gained = (each.after.percent or Decimal(0)) - (each.before.percent or Decimal(0))
    return not each.gets_worse, -each.age, -gained
