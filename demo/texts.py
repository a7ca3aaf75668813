"""The texts of a sample report, composed from `wording`. Pure; every one begins with （示例）."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_CEILING

from demo import wording
from demo.amounts import quantum_of
from demo.goals import NOT_STARTED
from demo.story import Number, Step, Story
from huangshi_tasks.lib import text

MARK = "（示例）"
MANY = 4  # from so many figures on, each gets one short clause


def progress(s: Story) -> str:
    """进展情况: measure, deeds, and what the office asked to add."""
    if s.light == NOT_STARTED:
        return _paragraph([_fill(wording.NOT_BEGUN, s)])
    if s.part_of:
        own = [_pick(wording.OWN_PART, s), *_numbers(s), *_steps(s)]
        return _paragraph([*own, *s.extra])
    deeds = [_pick(wording.DEEDS, s)]
    if not s.numbers and not s.steps:
        deeds.append(_pick(wording.DEEDS, s, 3))
    return _paragraph([*_measure(s), *deeds, *s.extra])


def digest(s: Story) -> str:
    """采用稿: the measure alone, as the office prints it."""
    if s.light == NOT_STARTED:
        return f"{MARK}{s.short}尚未启动，{s.pieces}项措施待前置条件具备后实施。"
    return _paragraph([*_measure(s)[:3], *_pieces_of_words(s)])


def problems(s: Story) -> str:
    forms = wording.PROBLEMS_OF_SITES if s.is_built else wording.PROBLEMS
    return _paragraph([_pick(forms, s)])


def light_reason(s: Story) -> str:
    """未达序时进度原因."""
    forms = wording.REASONS_OF_SITES if s.is_built else wording.REASONS
    return _paragraph([_pick(forms, s)])


def next_steps(s: Story) -> str:
    """下一步工作安排, each step with its date; who is behind says first how to catch up."""
    steps = [_pick(wording.CATCH_UP, s)] if s.is_behind else []
    if s.open_steps:
        steps.append(_next_step(s, s.open_steps[0]))
    if countable := [n for n in s.numbers if not n.is_rate and n.value < n.target]:
        steps.append(_next_number(s, countable[0]))
    if not s.open_steps and not countable:
        steps.append(_pick(wording.NEXT_PIECE, s))
    steps.append(_pick(wording.NEXT_PIECE, s, 2))
    return _paragraph(steps)


def next_digest(s: Story) -> str:
    return next_steps(s).split("；")[0].rstrip("。") + "。"


def coordination(s: Story) -> str:
    return _paragraph([_pick(wording.COORDINATION, s)])


def return_reason(s: Story) -> str:
    return _paragraph([_pick(wording.RETURN_REASONS, s)])


def added(s: Story) -> str:
    """What the unit adds after a return."""
    return _pick(wording.ADDED, s)


def still_open(s: Story) -> str:
    """Why a step announced last is not done, and until when it will be."""
    return _paragraph([_pick(wording.STILL_OPEN, s)])


def explanation(s: Story) -> str:
    """The sentence that answers a finding."""
    return _paragraph([_pick(wording.EXPLANATIONS, s)])


def _measure(s: Story) -> list[str]:
    clauses = [*_numbers(s), *_steps(s)]
    return clauses or [_pick(wording.PIECES, s)]


def _pieces_of_words(s: Story) -> list[str]:
    """The digest of an item without figures needs a second clause to say something."""
    return [] if s.numbers or s.steps else [_pick(wording.DEEDS, s)]


def _numbers(s: Story) -> list[str]:
    return [_number(s, number, place) for place, number in enumerate(s.numbers)]


def _number(s: Story, n: Number, place: int) -> str:
    if n.is_rate:
        return _form(wording.RATES, s).format(n=n)
    if len(s.numbers) >= MANY:
        return _form(wording.MANY_NUMBERS, s).format(n=n)
    forms = wording.NUMBERS if n.value > n.before else wording.NUMBERS[:2]
    clause = forms[(s.turn + place) % len(forms)].format(n=n, day=text.day(s.day))
    if n.started is None:
        return clause
    begun = f"{text.number(n.started)}{n.unit}"
    return clause + _form(wording.STARTED, s).format(n=n, begun=begun)


def _steps(s: Story) -> list[str]:
    if not s.steps:
        return []
    if not s.done_steps:
        first = s.open_steps[0].title
        return [wording.NO_STEP_DONE[0].format(all=len(s.steps), next=first)]
    last = s.done_steps[-1]
    assert last.done_on is not None
    form = _form(wording.STEPS_DONE, s)
    done = len(s.done_steps)
    return [
        form.format(all=len(s.steps), done=done, last=last.title, last_day=text.day(last.done_on))
    ]


def _next_number(s: Story, n: Number) -> str:
    quantum = quantum_of(n.unit)
    more = (n.target / 12 / quantum).to_integral_value(ROUND_CEILING) * quantum
    goal = min(n.value + more, n.target)
    form = _form(wording.NEXT_NUMBER, s)
    return form.format(n=n, limit=_limit(s), goal=f"{text.number(goal)}{n.unit}")


def _next_step(s: Story, step: Step) -> str:
    due = step.due_on if step.due_on > s.day else s.day + timedelta(days=45)
    return _form(wording.NEXT_STEP, s).format(limit=text.day(due), step=step.title)


def _limit(s: Story) -> str:
    """The end of the month that follows, by which something can be done."""
    first_after = date(s.day.year, s.day.month + 2, 1)
    return text.day(first_after - timedelta(days=1))


def _form(forms: Sequence[str], s: Story, shift: int = 0) -> str:
    return forms[(s.turn + shift) % len(forms)]


def _pick(forms: Sequence[str], s: Story, shift: int = 0) -> str:
    return _fill(_form(forms, s, shift), s)


def _fill(form: str, s: Story) -> str:
    a, b = 2 + s.turn % 3, 3 + s.turn % 5
    return form.format(s=s, a=a, b=b, more=s.finished + 1, limit=_limit(s))


def _paragraph(clauses: Sequence[str]) -> str:
    return f"{MARK}{'；'.join(clauses)}。"
