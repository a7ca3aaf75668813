"""The rules behind a light, tried in the order of `RULES`; the first that applies decides. Pure.

Source: design.md section 4, "Lights". The last rule always applies, so that the list is total.
"""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from huangshi_tasks.lib import text
from progress.lights.facts import BEHIND, PROPOSABLE, MilestoneFact, TaskFacts, Thresholds
from progress.lights.measures import HUNDRED, Expected
from progress.lights.phrases import direct_sentences, gap_words
from progress.lights.rows import Row
from progress.states import Light


@dataclass(frozen=True)
class Case:
    """Facts with their measures, passed from rule to rule."""

    facts: TaskFacts
    thresholds: Thresholds
    percent: Decimal | None
    expected: Expected | None
    lowest: Row | None = None

    @property
    def gap(self) -> Decimal | None:
        if self.percent is None or self.expected is None:
            return None
        return self.percent - self.expected.percent


Verdict = tuple[Light, str]

OUTCOMES: dict[str, Verdict] = {
    "done": (Light.DONE, "经核查批准，已办结销号"),
    "mostly_done": (Light.DONE, "经核查批准，认定为基本完成"),
    "not_done": (Light.LATE, "年终认定为未完成"),
    "carried_over": (Light.SLOW, "年终认定为未完成，结转下年"),
    "ongoing": (Light.ON_PACE, "年终认定为持续推进"),
}


def _suspended(case: Case) -> Verdict | None:
    if case.facts.is_suspended:
        return Light.SUSPENDED, "经批准中止"
    return None


def _closed(case: Case) -> Verdict | None:
    """Only an approved closure makes an item done, or ends it otherwise."""
    return OUTCOMES.get(case.facts.closed_outcome)


def _past_deadline(case: Case) -> Verdict | None:
    """Past the deadline without a claim made in time; the passing of a date needs no report."""
    facts = case.facts
    if facts.data_as_of <= facts.deadline or _claimed_in_time(facts):
        return None
    if facts.claimed_on is not None:
        return Light.LATE, f"已过完成时限（{text.day(facts.deadline)}）后才申请办结"
    return Light.LATE, f"已过完成时限（{text.day(facts.deadline)}），未申请办结"


def _claimed(case: Case) -> Verdict | None:
    """A completion claim in time stops the clock until it is decided."""
    if _claimed_in_time(case.facts):
        return Light.ON_PACE, "已按时申请办结，待核查销号"
    return None


def _without_data(case: Case) -> Verdict | None:
    if case.facts.has_accepted:
        return None
    return Light.NO_DATA, "尚无审核通过的进展填报"


def _step_a_month_overdue(case: Case) -> Verdict | None:
    for step in _overdue_steps(case.facts):
        if case.facts.data_as_of >= _a_month_after(step.due_on):
            return Light.LATE, f"节点“{step.name}”逾期一个月以上（应于{text.day(step.due_on)}完成）"
    return None


def _not_started(case: Case) -> Verdict | None:
    """Said by the unit, or the planned start passed with nothing done."""
    facts = case.facts
    if case.percent:
        return None
    if facts.proposed_light == Light.NOT_STARTED:
        return Light.NOT_STARTED, "责任单位报告尚未启动"
    start = facts.planned_start
    if case.percent is not None and start is not None and start <= facts.data_as_of:
        return Light.NOT_STARTED, f"计划应于{text.day(start)}前启动，尚无进展"
    return None


def _step_overdue(case: Case) -> Verdict | None:
    """An overdue step is at least slow; whatever is worse by the gap or in words stays worse."""
    overdue = _overdue_steps(case.facts)
    if not overdue:
        return None
    light, reason = _by_gap(case) or _in_words(case)
    step = overdue[0]
    also = f"节点“{step.name}”逾期（应于{text.day(step.due_on)}完成）"
    return (Light.LATE if light == Light.LATE else Light.SLOW), f"{reason}；{also}"


def _by_gap(case: Case) -> Verdict | None:
    if case.percent is None or case.expected is None or case.gap is None:
        return None
    if case.percent >= HUNDRED:
        return Light.ON_PACE, _with_direct(case, "完成率100%，待办结销号")
    words = f"完成率{text.number(case.percent)}%，{gap_words(case.gap)}（{case.expected.basis}）"
    light = _light_of_gap(case.gap, case.thresholds)
    previous = case.facts.previous_gap
    if light in BEHIND and previous is not None and previous < case.thresholds.on_pace:
        limit = text.number(-case.thresholds.on_pace)
        return Light.LATE, _with_direct(case, f"{words}，连续两期低于序时进度超过{limit}个百分点")
    return light, _with_direct(case, words)


def _in_words(case: Case) -> Verdict:
    """No percent: the light the unit proposed and the office confirmed by accepting the report."""
    proposed = case.facts.proposed_light
    if proposed == Light.DONE:
        return Light.ON_PACE, _with_direct(case, "责任单位报告已完成，待办结销号")
    if proposed in PROPOSABLE:
        light = Light(proposed)
        return light, _with_direct(case, f"按审核通过的填报判定为{light.label}")
    return Light.NO_DATA, _with_direct(case, "审核通过的填报未提出进度状态")


RULES: tuple[Callable[[Case], Verdict | None], ...] = (
    _suspended,
    _closed,
    _past_deadline,
    _claimed,
    _without_data,
    _step_a_month_overdue,
    _not_started,
    _step_overdue,
    _by_gap,
    _in_words,
)


def _light_of_gap(gap: Decimal, thresholds: Thresholds) -> Light:
    if gap >= thresholds.ahead:
        return Light.AHEAD
    if gap >= thresholds.on_pace:
        return Light.ON_PACE
    return Light.SLOW if gap >= thresholds.slow else Light.LATE


def _with_direct(case: Case, words: str) -> str:
    return "；".join([words, *direct_sentences(case.facts.indicators)])


def _claimed_in_time(facts: TaskFacts) -> bool:
    claimed = facts.claimed_on
    return claimed is not None and claimed <= min(facts.deadline, facts.data_as_of)


def _overdue_steps(facts: TaskFacts) -> list[MilestoneFact]:
    """Overdue steps, the oldest first."""
    overdue = [step for step in facts.milestones if step.is_overdue(facts.data_as_of)]
    return sorted(overdue, key=lambda step: step.due_on)


def _a_month_after(day: date) -> date:
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
