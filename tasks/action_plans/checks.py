"""What keeps a 办理方案 from being sent: whole Chinese sentences that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from huangshi_tasks.lib import text
from tasks.action_plans.content import Content
from tasks.action_plans.outline import Outline
from tasks.models import Comparator, Indicator
from tasks.models.indicators import Direction
from units.city.words import said

# A target of these is reached from below, so that the last planned value must get there.
_REACHED = (Comparator.GE, Comparator.EQ, Comparator.ABOUT, Comparator.BETWEEN)


def objections(outline: Outline, content: Content) -> list[str]:
    """Everything that is wrong at once; empty when it may be sent."""
    return list(_objections(outline, content))


def _objections(outline: Outline, content: Content) -> Iterator[str]:
    if content.is_empty:
        yield "请至少填写一行计划值或一个节点。"
    for indicator in outline.counted:
        yield from _of_course(indicator, outline, content)
        yield from _of_parts(indicator, outline, content)
    yield from _of_steps(outline, content)


def _of_course(indicator: Indicator, outline: Outline, content: Content) -> Iterator[str]:
    """Cumulative values do not fall, and the year's last one reaches the target."""
    course = content.course(indicator.pk, None)
    if not course:
        if content.values:
            yield f"“{indicator.name}”没有填写计划值。"
        return
    if indicator.direction == Direction.UP:
        for (_, before), (day, value) in pairwise(course):
            if value < before:
                yield f"“{indicator.name}”{text.day(day)}的累计计划值小于上一期，请核对。"
    target = indicator.target_on(outline.day)
    if target is None or indicator.comparator not in _REACHED or _falls(indicator):
        return
    last_day, last = course[-1]
    if last_day == outline.dates[-1] and last < target.value <= _goal(outline, target.value):
        yield (
            f"“{indicator.name}”年末计划值{text.number(last)}{indicator.unit_of_measure}低于目标"
            f"{text.number(target.value)}{indicator.unit_of_measure}；目标调整须另行申请。"
        )


def _falls(indicator: Indicator) -> bool:
    return indicator.direction == Direction.DOWN


def _goal(outline: Outline, target: Decimal) -> Decimal:
    """Of an item extended beyond the year nothing has to be reached in it."""
    return target if outline.deadline.year == outline.task.plan.year else Decimal(-1)


def _of_parts(indicator: Indicator, outline: Outline, content: Content) -> Iterator[str]:
    """Parts sum to the target; planned parts of a day sum to the city's planned value."""
    parts = {unit: value for (each, unit), value in content.shares.items() if each == indicator.pk}
    target = indicator.target_on(outline.day)
    if parts and target is not None and sum(parts.values()) != target.value:
        yield (
            f"“{indicator.name}”{said('分县目标合计')}"
            f"{text.number(sum(parts.values(), Decimal(0)))}，"
            f"与{said('全市')}目标{text.number(target.value)}不符。"
        )
    city = dict(content.course(indicator.pk, None))
    for day, value in city.items():
        of_day = [content.values.get((indicator.pk, unit, day)) for unit in parts]
        known = [each for each in of_day if each is not None]
        if parts and len(known) == len(parts) and sum(known) != value:
            yield (
                f"“{indicator.name}”{text.day(day)}各县计划值合计"
                f"{text.number(sum(known, Decimal(0)))}，与{said('全市')}{text.number(value)}不符。"
            )


def _of_steps(outline: Outline, content: Content) -> Iterator[str]:
    holding = {each.pk for each in outline.holders}
    for place, step in enumerate(content.milestones, start=1):
        if step.due_on > outline.deadline:
            yield (
                f"第{place}个节点“{step.title}”晚于完成时限{text.day(outline.deadline)}；"
                "延期须另行申请。"
            )
        if step.due_on.year < outline.task.plan.year:
            yield f"第{place}个节点“{step.title}”的日期早于{outline.task.plan.year}年，请核对。"
        if step.responsibility_id not in holding:
            yield f"第{place}个节点“{step.title}”的填报单位已不承担此项，请另选。"
