"""What the sample adds to the plan: county parts, planned values, milestones. All of it 示例."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings

from demo.amounts import apportion, quantum_of
from demo.goals import key_of
from demo.people import SINCE
from demo.times import PREPARED_ON, moment
from tasks.action_plans.list import PLANNED
from tasks.commitments.matching import of_words
from tasks.models import (
    CommitmentDecision,
    Indicator,
    IndicatorPlan,
    IndicatorShare,
    Milestone,
    Plan,
    Responsibility,
    Task,
)
from units.models import Unit

# The parts of the six are cut by these weights.
COUNTIES = {
    "大冶市政府": 27,
    "阳新县政府": 29,
    "黄石港区政府": 11,
    "西塞山区政府": 12,
    "下陆区政府": 10,
    "开发区·铁山区": 11,
}
# Items whose counted numbers are carried out by the counties; of the others the lead counts alone.
SPLIT = frozenset(["k40", "k110", "p1", "p2", "p3", "p5", "p6", "p7", "p8"])
# Whose promises without a measure nobody decided on, or were left open knowingly.
OPEN_ITEMS = frozenset(("k35", "k46"))
# Numbers that a co-lead counts itself.
NOT_SPLIT = (
    "技改投资",
    "亿元以上项目",
    "新增、补划、规范机动车停车泊位",
    "新建全民健身示范工程项目",
)


def sample_data() -> dict[str, Any]:
    """Published figures with their sources, milestones and planned values."""
    path = settings.BASE_DIR / "fixtures" / "sample_2022.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


def create_targets(plan: Plan, decided_by: str) -> None:
    """Write the parts, the planned values and the milestones of the year, and what `decided_by`
    decided of what nothing measures.
    """
    entries = sample_data()
    for task in Task.objects.filter(plan=plan).prefetch_related("indicators__targets"):
        item = key_of(task)
        if item in SPLIT:
            _split(task)
        _plan_values(task, entries["planned"].get(item, {}))
        _milestones(task, entries["milestones"].get(item, []))
        if item in entries["weights"]:
            task.indicators.update(weight=entries["weights"][item])
        if task.tracking in PLANNED and item not in OPEN_ITEMS:
            _judge_in_words(task, decided_by)


def _split(task: Task) -> None:
    holding = Responsibility.objects.filter(task=task, unit__name__in=COUNTIES)
    units = list(Unit.objects.filter(pk__in=holding.values("unit_id")))
    weights = [Decimal(COUNTIES[unit.name]) for unit in units]
    for indicator in task.indicators.all():
        target = indicator.target_on(SINCE)
        if indicator.name in NOT_SPLIT or target is None:
            continue
        parts = apportion(target.value, weights, quantum_of(indicator.unit_of_measure))
        for unit, part in zip(units, parts, strict=True):
            IndicatorShare.objects.create(
                indicator=indicator, unit=unit, value=part, starts_on=SINCE
            )


def _plan_values(task: Task, entries: dict[str, dict[str, float]]) -> None:
    indicators: dict[str, Indicator] = {item.name: item for item in task.indicators.all()}
    for name, values in entries.items():
        IndicatorPlan.objects.bulk_create(
            IndicatorPlan(
                indicator=indicators[name],
                as_of=date.fromisoformat(f"2022-{day}"),
                value=Decimal(str(value)),
            )
            for day, value in values.items()
        )


def _judge_in_words(task: Task, decided_by: str) -> None:
    """What neither a number nor a step measures is judged in words, as the office decided."""
    open_ones = task.commitments.filter(indicators=None, milestones=None)
    open_ones.update(
        decision=CommitmentDecision.WORDS,
        reason="（示例）没有量化标准，按进展说明评定。",
        decided_by_name=decided_by,
        decided_at=moment(PREPARED_ON, 9),
    )


def _milestones(task: Task, entries: list[dict[str, Any]]) -> None:
    held = {row.unit.name: row for row in task.responsibilities.select_related("unit")}
    primary = next(row for row in held.values() if row.is_primary)
    listed = list(task.commitments.all())
    by_place = {row.ordinal: row for row in listed}
    Milestone.objects.bulk_create(
        Milestone(
            task=task,
            ordinal=place,
            title=entry["title"],
            due_on=date.fromisoformat(f"2022-{entry['due']}"),
            weight=entry["weight"],
            responsibility=held.get(entry.get("unit", ""), primary),
            commitment=next(
                (row for row in listed if row.text.startswith(entry.get("for", " "))),
                by_place.get(of_words(entry["title"], listed) or 0),
            ),
        )
        for place, entry in enumerate(entries, start=1)
    )
