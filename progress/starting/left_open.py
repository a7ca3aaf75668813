"""启用时遗留: what was left open when a year was switched on from a draft, until it is solved.

What the plan itself says (暂缓, 汇总牵头待定, 单位待明确, 分管市领导, 联络员, 文号, 衡量办法) is
asked of it each time; questions about the notice stand in `LeftOpen` until somebody answers them.
An item that waits for a name that nobody knows stands with the name alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from huangshi_tasks.lib import text
from progress.starting.unknown_names import open_names, waiting_for
from tasks.holders.portfolios import in_charge_of
from tasks.models import (
    LeftOpen,
    NoticeDraft,
    Plan,
    Responsibility,
    ResponsibilityRole,
    Task,
    Tracking,
)
from tasks.naming.desk import OPEN, counted_states
from units.city import words as city_words
from units.models import Appointment, Role
from units.stamps.lasting import standing
from units.stamps.memory import by_stamp


@dataclass(frozen=True)
class Line:
    """One 处 of a group, and where it is solved."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class Group:
    """Left-overs of one kind; `lines` are empty where another page lists them."""

    key: str
    title: str
    said: str
    count: int
    lines: Sequence[Line] = ()
    url: str = ""
    button: str = ""


def comes_from_a_draft(plan: Plan) -> bool:
    """Other years never had this list. It is said once, when the plan is made: reading requests
    remember it.
    """
    stamps = standing()
    return _began(plan.pk) if stamps is None else _began_remembered(plan.pk, stamps.finalized)


def _began(plan_id: int) -> bool:
    return NoticeDraft.objects.filter(plan=plan_id).exists()


@by_stamp(32)
def _began_remembered(plan_id: int, stamp: int) -> bool:
    return _began(plan_id)


def count_left_open(plan: Plan, day: date) -> int:
    """启用时遗留n处: the sum of the page."""
    if not comes_from_a_draft(plan):
        return 0
    asked = LeftOpen.objects.filter(plan=plan, solved_at=None).count()
    return sum(each.count for each in groups_of(plan, day)) + asked


def questions_of(plan: Plan) -> QuerySet[LeftOpen]:
    """Those nobody has answered, but for names (`unknown_names`)."""
    found = LeftOpen.objects.filter(plan=plan, solved_at=None, name="")
    return found.select_related("task__plan")


def groups_of(plan: Plan, day: date) -> list[Group]:
    """What there is of each kind; about ten queries, whatever the number of items."""
    tasks = list(plan.tasks.select_related("plan"))
    found = [
        *_led_by_nobody(plan, tasks, waiting_for(open_names(plan)), day),
        _namings(plan, day),
        _without_leader(tasks, day),
        _without_liaison(plan, day),
        _without_number(plan),
        _unmeasured(plan),
    ]
    return [each for each in found if each.count]


def _led_by_nobody(
    plan: Plan, tasks: Iterable[Task], waiting: set[int], day: date
) -> Iterator[Group]:
    """暂缓 where no unit leads; 汇总牵头待定 where others lead along. `waiting`: items that stand
    with the name they wait for.
    """
    began = [each for each in tasks if each.aside_reason and each.pk not in waiting]
    held = Responsibility.objects.not_over(day).filter(task__in=began).select_related("unit")
    leading = [each for each in held if each.role != ResponsibilityRole.SUPPORT]
    led = {each.task_id for each in leading if each.is_primary and each.holds_on(day)}
    to_come = {each.task_id: each for each in leading if each.is_primary}
    along = {each.task_id for each in leading if not each.is_primary}
    lines: dict[bool, list[Line]] = {False: [], True: []}
    for each in (one for one in began if one.pk not in led):
        words = f"{each.code} {each.short_title}：{each.aside_reason}"
        if (planned := to_come.get(each.pk)) is not None:
            unit = text.full_width(planned.unit.name)
            words += f"（{text.day(planned.starts_on)}起由{unit}汇总牵头）"
        url = reverse("progress:ask", args=[plan.slug, each.kind, each.number, "responsibility"])
        lines[each.pk in along].append(Line(words, url))
    said = "申请并登记责任调整，由一个单位担任汇总牵头后，即开始报送。"
    aside, pending = lines[False], lines[True]
    yield Group("aside", "暂缓的事项", f"没有单位报送，也不判定状态。{said}", len(aside), aside)
    said = f"没有单位汇总填报，也不判定状态；其余牵头单位照常填报。{said}"
    yield Group("pending", "汇总牵头待定的事项", said, len(pending), pending)


def _namings(plan: Plan, day: date) -> Group:
    count = counted_states(plan, day)[OPEN]
    url = f"{reverse('tasks:namings', args=[plan.slug])}?state={OPEN}"
    said = "“相关…”由牵头单位在办理方案中提出，成员单位由督查室登记。"
    return Group("namings", "单位尚未明确", said, count, url=url, button="去明确")


def _without_leader(tasks: Sequence[Task], day: date) -> Group:
    posts = in_charge_of(tasks, day)
    lines = [
        Line(f"{each.code} {each.short_title}", each.get_absolute_url())
        for each in tasks
        if not posts[each.pk]
    ]
    said = "领导页不列入本人分管。由系统管理员在职务分工中登记。"
    return Group("leaders", city_words.said("没有分管市领导"), said, len(lines), lines)


def _without_liaison(plan: Plan, day: date) -> Group:
    held = Responsibility.objects.on(day).filter(task__plan=plan)
    owing = held.exclude(role=ResponsibilityRole.SUPPORT)
    units = dict(owing.order_by().values_list("unit_id", "unit__name").distinct())
    liaisons = Appointment.objects.on(day).filter(role=Role.REPORTER, unit__in=units)
    silent = sorted(units.keys() - set(liaisons.values_list("unit_id", flat=True)))
    lines = [
        Line(text.full_width(units[pk]), reverse("reports:unit", args=[plan.slug, pk]))
        for pk in silent
    ]
    said = "提醒送不到，也没有人填报。由系统管理员登记联络员。"
    return Group("liaisons", "没有联络员的单位", said, len(lines), lines)


def _without_number(plan: Plan) -> Group:
    said = "取得文号后在这里补登，通报和台账随即采用。"
    return Group("number", "没有文号", said, int(not plan.document_number))


def _unmeasured(plan: Plan) -> Group:
    found = plan.tasks.filter(tracking=Tracking.QUANTITATIVE, indicators=None)
    lines = [
        Line(f"{each.code} {each.short_title}", each.get_absolute_url())
        for each in found.select_related("plan")
    ]
    said = "定量事项没有可以填报的数字，目前按文字评定。可在“计划调整”中增补指标。"
    return Group("measures", "没有衡量办法", said, len(lines), lines)
