"""主要预期目标: each with the newest published figure, its period, source and rank, or none yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from huangshi_tasks.lib.text import number
from progress.models import HeadlineReading
from tasks.models import Comparator, Indicator, IndicatorTarget, Plan
from units.stamps.lasting import lasting
from units.stamps.memory import by_stamp

SUFFIXES: dict[str, str] = {Comparator.ABOUT: "左右", Comparator.GE: "以上"}
ROOM = Decimal("1.4")  # the longer of figure and target leaves some of the bar free


@dataclass(frozen=True)
class Headline:
    """One target; `reading` is None while the statisticians have published nothing."""

    indicator: Indicator
    target: IndicatorTarget | None
    reading: HeadlineReading | None

    @property
    def is_ceiling(self) -> bool:
        return self.indicator.comparator == Comparator.LE

    @property
    def target_words(self) -> str:
        """目标8.5%左右, 目标控制在3%以内; empty without a target."""
        if self.target is None:
            return ""
        end = f"—{number(self.target.upper)}" if self.target.upper is not None else ""
        figure = f"{number(self.target.value)}{end}{self.indicator.unit_of_measure}"
        if self.is_ceiling:
            return f"目标控制在{figure}以内"
        return f"目标{figure}{SUFFIXES.get(self.indicator.comparator, '')}"

    @property
    def gap(self) -> Decimal | None:
        """Figure minus target; zero inside a range."""
        if self.reading is None or self.target is None:
            return None
        low, high = self.target.value, self.target.upper
        if high is not None and low <= self.reading.value <= high:
            return Decimal(0)
        is_above = high is not None and self.reading.value > high
        return self.reading.value - (high if is_above and high is not None else low)

    @property
    def verdict(self) -> str:
        """How the figure stands to the year's target (ui/wording.md)."""
        if self.gap is None:
            return ""
        if self.is_ceiling and self.gap <= 0:
            return "控制在目标以内"
        if self.gap == 0:
            return "达到年度目标"
        unit = self.indicator.unit_of_measure
        amount = f"{number(abs(self.gap))}{'个百分点' if unit == '%' else unit}"
        return f"{'高于' if self.gap > 0 else '低于'}年度目标{amount}"

    @property
    def gap_words(self) -> str:
        """低3.3点: the verdict where there is no room."""
        if not self.gap or self.is_ceiling:
            return self.verdict
        unit = "点" if self.indicator.unit_of_measure == "%" else self.indicator.unit_of_measure
        return f"{'高' if self.gap > 0 else '低'}{number(abs(self.gap))}{unit}"

    @property
    def is_short(self) -> bool:
        """Whether the target is not met so far."""
        return self.gap is not None and (self.gap > 0 if self.is_ceiling else self.gap < 0)

    @property
    def source_has_date(self) -> bool:
        """Whether the source names its day itself: 湖北日报 2022-08-02."""
        return self.reading is not None and self.reading.published_on.isoformat() in (
            self.reading.source
        )

    @property
    def bar(self) -> tuple[str, str] | None:
        """Width of the bar and place of the target's line in percent; None without a figure."""
        if self.reading is None or self.target is None:
            return None
        scale = max(abs(self.reading.value), abs(self.target.value)) * ROOM
        if scale == 0:
            return None
        return _share(self.reading.value, scale), _share(self.target.value, scale)


def _share(value: Decimal, scale: Decimal) -> str:
    return f"{max(value, Decimal(0)) / scale * 100:.1f}"


def headlines_of(plan: Plan, today: date) -> list[Headline]:
    """The plan's headline targets in the order of the notice, as published by `today`."""
    stamp = lasting()
    return _of(plan.pk, today) if stamp is None else _remembered(plan.pk, today, stamp.finalized)


@by_stamp(8)
def _remembered(plan: int, today: date, stamp: int) -> list[Headline]:
    return _of(plan, today)


def _of(plan: int, today: date) -> list[Headline]:
    indicators = Indicator.objects.filter(plan=plan, task__isnull=True).order_by("ordinal")
    readings = HeadlineReading.objects.filter(indicator__plan=plan, published_on__lte=today)
    newest = {reading.indicator_id: reading for reading in readings.order_by("as_of")}
    return [
        Headline(each, each.target_on(today), newest.get(each.pk))
        for each in indicators.prefetch_related("targets")
    ]
