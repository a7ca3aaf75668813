"""一并沿用: what was entered last year of an item that goes on, line by line, and is missing in the
new year. Nothing that somebody has entered there is ever replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from progress.judging.decided import THRESHOLDS_RULE
from progress.judging.figures import figures_of
from progress.periods.access import periods_of
from progress.reminding.ladder import LABELS
from progress.reminding.ladders import PREFIX
from progress.turn.likeness import bare
from tasks.models import (
    Designation,
    Indicator,
    Naming,
    NamingState,
    Plan,
    PlanRule,
    Portfolio,
    PortfolioKind,
    Responsibility,
    Task,
    TaskCycle,
)
from units.city.words import said

RULES = {f"{PREFIX}{kind}": f"{label}提醒规则" for kind, label in LABELS.items()}
RULES |= {THRESHOLDS_RULE: "状态判定的界限"}
OF_POSTS = "分管市领导、协管副秘书长"
OTHER_RULE = "单位推进情况的权重"
CONTACTS = ("leader_name", "section", "contact_name", "telephone")


@dataclass(frozen=True)
class Line:
    """One value that may be carried: `key` for the form, what it is for, and what it says. `old` is
    the row of last year, `new` what it is carried to.
    """

    key: str
    about: str
    says: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Kind:
    """One tick of 一并沿用 with its lines; `left` says what is not offered, and why."""

    key: str
    title: str
    lines: Sequence[Line]
    is_on: bool = True
    left: str = ""


def kinds_of(plan: Plan, earlier: Plan, today: date) -> list[Kind]:
    """What is offered today, in the order of the page. A dozen queries."""
    items = {
        task.carried_from_id: task
        for task in plan.tasks.filter(carried_from__plan=earlier).select_related("plan")
    }
    posts = list(_portfolios(items, today))
    supervising = [each for each in posts if each.old.kind == PortfolioKind.SUPERVISING]
    others = [each for each in posts if each.old.kind != PortfolioKind.SUPERVISING]
    figures, left = _figures(plan, items, earlier)
    return [
        Kind("officers", "责任督查员", supervising, left="按单位指定的继续有效，不必沿用"),
        Kind("posts", said(OF_POSTS), others, left="按单位分工的继续有效，不必沿用"),
        Kind("contacts", "联系人", list(_contacts(plan, items, today))),
        Kind("namings", "“相关…”已明确的单位", list(_namings(items, today)), left="由该单位再确认"),
        Kind("baselines", "上年底数", figures, left=left),
        Kind(
            "rules",
            "报送频次和提醒规则",
            [*_cycles(items), *_rules(plan, earlier, today)],
            is_on=False,
            left="频次从下一期起改变",
        ),
    ]


Items = Mapping[int | None, Any]


def _portfolios(items: Items, today: date) -> Iterator[Line]:
    """分工 of single items whose post is still in use."""
    held = Portfolio.objects.on(today).filter(task__in=list(items), post__retired_on=None)
    new = [task.pk for task in items.values()]
    given = set(
        Portfolio.objects.not_over(today).filter(task__in=new).values_list("task_id", "kind")
    )
    for each in held.select_related("post").order_by("task__kind", "task__number", "pk"):
        task = items[each.task_id]
        if (task.pk, each.kind) not in given:
            says = f"{each.get_kind_display()} {each.post}"
            yield Line(f"p{each.pk}", str(task), says, each, task)


def _contacts(plan: Plan, items: Items, today: date) -> Iterator[Line]:
    """责任领导, 科室, 责任人 and 电话 of a unit that answers for the item in both years."""
    before = _held(list(items), today)
    for held in (
        Responsibility.objects.on(today)
        .filter(task__plan=plan, task__carried_from__in=list(items))
        .filter(**dict.fromkeys(CONTACTS, ""))
        .select_related("task", "unit")
    ):
        old = before.get((held.task.carried_from_id, held.unit_id))
        if old is not None and any(getattr(old, name) for name in CONTACTS):
            says = " ".join(filter(None, (getattr(old, name) for name in CONTACTS)))
            yield Line(f"c{held.pk}", f"{held.task} {held.unit}", says, old, held)


def _held(tasks: Sequence[int | None], today: date) -> dict[tuple[int, int], Responsibility]:
    """Item and unit → what the unit held last, also where that is over."""
    rows = Responsibility.objects.filter(task__in=tasks, starts_on__lte=today)
    return {(each.task_id, each.unit_id): each for each in rows.order_by("starts_on", "pk")}


def _namings(items: Items, today: date) -> Iterator[Line]:
    """Units that were named for a 相关… which the new notice prints again, word for word."""
    again: dict[tuple[int | None, str, str], Designation] = {}
    for each in Designation.objects.filter(task__in=list(items.values()), unit=None):
        again[each.task_id, each.role, bare(each.printed)] = each
    confirmed = Naming.objects.open_ended().filter(
        designation__task__in=list(items),
        state=NamingState.CONFIRMED,
        unit__retired_on=None,
        unit__isnull=False,
    )
    standing = set(
        Naming.objects.filter(designation__in=[each.pk for each in again.values()])
        .exclude(state=NamingState.DROPPED)
        .values_list("designation_id", "unit_id")
    )
    for naming in confirmed.select_related("designation", "unit").order_by("pk"):
        old = naming.designation
        task = items[old.task_id]
        new = again.get((task.pk, old.role, bare(old.printed)))
        if new is not None and (new.pk, naming.unit_id) not in standing:
            yield Line(f"n{naming.pk}", f"{task} {new.printed}", str(naming.unit), naming, new)


def _figures(plan: Plan, items: Items, earlier: Plan) -> tuple[list[Line], str]:
    """上年底数: the figure in force at the end of last year, once the last period of the item's own
    cycle is finalized.
    """
    ends = _ends(earlier)
    if not ends:
        return [], f"{earlier.year}年全年总结定稿后可以沿用"
    figures = figures_of([pk for pk in items if pk is not None], max(ends.values()))
    listed = Indicator.objects.filter(task__in=list(items)).select_related("task")
    before = _by_name(listed, lambda each: each.task_id)
    lines, lacking = [], 0
    wanted = Indicator.objects.filter(
        task__plan=plan, task__carried_from__in=list(items), baseline=None
    )
    for each in wanted.select_related("task").order_by("task__kind", "task__number", "ordinal"):
        assert each.task is not None
        old = before.get((each.task.carried_from_id, *_name(each)))
        end = ends.get(old.task.cycle) if old is not None and old.task is not None else None
        value = figures.of_city(old.pk, end) if old is not None and end is not None else None
        if value is None:
            lacking += 1
            continue
        says = f"{_plain(value)}{each.unit_of_measure}"
        lines.append(Line(f"b{each.pk}", f"{each.task} {each.name}", says, value, each))
    return lines, f"{lacking}个指标没有对应的定稿值，不带" if lacking else ""


def _ends(earlier: Plan) -> dict[str, date]:
    """Cycle → the day of its last period, where that is finalized: several end on one day."""
    last = {each.cycle: each for each in sorted(periods_of(earlier), key=lambda p: p.data_as_of)}
    return {cycle: each.data_as_of for cycle, each in last.items() if each.is_finalized}


def _by_name(
    indicators: Iterable[Indicator], task_of: Callable[[Indicator], int | None]
) -> dict[tuple[int | None, str, str], Indicator]:
    found: dict[tuple[int | None, str, str], Indicator] = {}
    for each in indicators:
        found[task_of(each), *_name(each)] = each
    return found


def _name(indicator: Indicator) -> tuple[str, str]:
    return bare(indicator.name), indicator.unit_of_measure


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _cycles(items: Items) -> Iterator[Line]:
    """Items that reported in another cycle last year, as it was at its end."""
    old = Task.objects.in_bulk([pk for pk in items if pk is not None])
    changing = set(
        TaskCycle.objects.open_ended()
        .filter(task__in=[each.pk for each in items.values()])
        .values_list("task_id", flat=True)
    )
    for pk, task in sorted(items.items(), key=lambda each: (each[1].kind, each[1].number)):
        before = old.get(pk or 0)
        if before is not None and before.cycle != task.cycle and task.pk not in changing:
            says = f"{task.get_cycle_display()}改为{before.get_cycle_display()}"
            yield Line(f"f{task.pk}", str(task), says, before.cycle, task)


def _rules(plan: Plan, earlier: Plan, today: date) -> Iterator[Line]:
    """Rules of last year's plan that the new one has none of its own for."""
    own = set(plan.rules.open_ended().values_list("key", flat=True))
    for rule in PlanRule.objects.on(today).open_ended().filter(plan=earlier).order_by("key"):
        if rule.key not in own:
            yield Line(f"r{rule.pk}", RULES.get(rule.key, OTHER_RULE), "按上年的设定", rule, plan)
