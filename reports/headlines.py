"""主要预期目标: each with the newest published figure, its period, source and rank, or none yet."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from huangshi_tasks.lib.text import number
from progress.models import HeadlineReading
from tasks.models import Comparator, Indicator, IndicatorTarget, Plan


@dataclass(frozen=True)
class Headline:
    """One target; `reading` is None while the statisticians have published nothing."""

    indicator: Indicator
    target: IndicatorTarget | None
    reading: HeadlineReading | None

    @property
    def target_words(self) -> str:
        """目标8.5%左右, 目标控制在3%以内."""
        if self.target is None:
            return ""
        figure = f"{number(self.target.value)}{self.indicator.unit_of_measure}"
        if self.indicator.comparator == Comparator.LE:
            return f"目标控制在{figure}以内"
        suffix = {"about": "左右", "ge": "以上"}.get(self.indicator.comparator, "")
        return f"目标{figure}{suffix}"

    @property
    def verdict(self) -> str:
        """How the figure stands to the target, in percent points (wording.md)."""
        if self.reading is None or self.target is None:
            return ""
        gap = self.reading.value - self.target.value
        if self.indicator.comparator == Comparator.LE:
            return "控制在目标以内" if gap <= 0 else f"高于年度目标{_points(gap)}"
        if gap == 0:
            return "与年度目标持平"
        return f"{'高于' if gap > 0 else '低于'}年度目标{_points(gap)}"

    @property
    def is_short(self) -> bool:
        if self.reading is None or self.target is None:
            return False
        gap = self.reading.value - self.target.value
        return gap > 0 if self.indicator.comparator == Comparator.LE else gap < 0


def _points(gap: Decimal) -> str:
    return f"{number(abs(gap))}个百分点"


def headlines_of(plan: Plan) -> list[Headline]:
    """The plan's headline targets in the order of the notice."""
    indicators = Indicator.objects.filter(plan=plan, task__isnull=True).order_by("ordinal")
    readings = HeadlineReading.objects.filter(indicator__plan=plan).order_by("as_of")
    newest = {reading.indicator_id: reading for reading in readings}
    return [
        Headline(each, next(iter(each.targets.all()), None), newest.get(each.pk))
        for each in indicators.prefetch_related("targets")
    ]
