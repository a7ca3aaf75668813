"""与现行对照: each item of a supplement beside the one of the running plan that it is about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from huangshi_tasks.lib.fold import fold
from progress.starting.checks import UNREAD
from progress.starting.page import seen_of
from progress.starting.planned import Answering as Reckoned
from progress.supplementing.facts import Answering, Fact, facts_of
from progress.turn.chosen import called, meant
from progress.turn.likeness import bare, candidates
from tasks.desk.content import Content
from tasks.desk.correcting import DeskItem
from tasks.desk.open_doubts import open_doubts
from tasks.models import Area, Plan, Task
from tasks.reader.letter import withdraws
from units.errors import NotNow

ADD, CHANGE, WITHDRAW, LEAVE = "add", "change", "withdraw", "leave"
WHAT = {ADD: "新增事项", CHANGE: "变更现行事项", WITHDRAW: "中止现行事项", LEAVE: "不采用"}
_NUMBERED = re.compile(r"第\s*(\d{1,4})\s*项")


@dataclass(frozen=True)
class Row:
    """One item of the supplement. `what` becomes of it, of which running item `task`, with the
    `facts` that are another; `typed` as the item was named, `problem` where none is meant.
    """

    each: DeskItem
    answering: Answering
    what: str
    typed: str
    task: Task | None
    facts: Sequence[Fact]
    ticked: frozenset[str]
    area: Area | None
    problem: str = ""

    @property
    def is_unchanged(self) -> bool:
        return self.what == CHANGE and self.task is not None and not self.facts

    @property
    def chosen(self) -> list[Fact]:
        return [fact for fact in self.facts if fact.key in self.ticked and not fact.refusal]

    @property
    def ready(self) -> bool:
        return not self.problem


@dataclass(frozen=True)
class SupplementPage:
    """`problems` are what refuses 并入 of the draft as a whole."""

    content: Content
    plan: Plan
    rows: Sequence[Row]
    tasks: Sequence[Task]
    areas: Sequence[Area]
    problems: Sequence[str]

    @property
    def seen(self) -> str:
        return seen_of(self.content)

    @property
    def choices(self) -> list[str]:
        return [called(task) for task in self.tasks]

    @property
    def counts(self) -> list[tuple[str, int]]:
        return [(word, sum(row.what == what for row in self.rows)) for what, word in WHAT.items()]

    @property
    def blocking(self) -> list[str]:
        return [*self.problems, *(row.problem for row in self.rows if row.problem)]


def page_of(
    content: Content, plan: Plan, today: date, posted: Mapping[str, Sequence[str]] | None = None
) -> SupplementPage:
    """`posted`: what was chosen, as the form sends it; None: what is proposed."""
    loaded = "deadlines", "responsibilities__unit", "indicators__targets"
    tasks = list(plan.tasks.select_related("plan", "area").prefetch_related(*loaded))
    areas = list(plan.areas.order_by("ordinal"))
    reckoned = Reckoned(today)
    likely = {task.pk: bare(task.words) for task in tasks}
    titles = {area.ordinal: area.title for area in content.areas}
    rows = []
    for each in content.items:
        what, typed = _proposed(each, tasks, likely)
        area = _area(areas, titles.get(each.item.area or 0, ""))
        ticked = None
        if posted is not None:
            what = _one(posted, f"what-{each.key}") or what
            typed = _one(posted, f"of-{each.key}")
            wanted = _one(posted, f"area-{each.key}")
            area = next((one for one in areas if str(one.pk) == wanted), area)
            ticked = frozenset(posted.get(f"fact-{each.key}", ()))
            if _one(posted, f"shown-{each.key}") != typed:
                ticked = None  # the facts of another item were on the page
        rows.append(_row(each, reckoned.of(each), what, typed, tasks, area, ticked, today))
    return SupplementPage(content, plan, rows, tasks, areas, _problems(content))


def _one(posted: Mapping[str, Sequence[str]], name: str) -> str:
    values = posted.get(name, ())
    return values[-1] if values else ""


def _row(
    each: DeskItem,
    answering: Answering,
    what: str,
    typed: str,
    tasks: Sequence[Task],
    area: Area | None,
    ticked: frozenset[str] | None,
    today: date,
) -> Row:
    task, problem, facts = None, "", list[Fact]()
    code = f"补充文件第{each.item.number}项"
    if what in (CHANGE, WITHDRAW):
        try:
            task = meant(typed, tasks)
        except NotNow:
            problem = f"{code}：请从现行事项中选择一项。"
    elif what == ADD:
        if not any(one.role != "support" for one in answering):
            problem = f"{code}：没有牵头单位，不能新增。"
        elif area is None:
            problem = f"{code}：请选择列入哪个方面。"
    elif what != LEAVE:
        problem = f"{code}：请选择怎样采用。"
    if task is not None and what == CHANGE:
        facts = facts_of(each.item, answering, task, today)
    keys = frozenset(fact.key for fact in facts) if ticked is None else ticked
    return Row(each, answering, what, typed, task, facts, keys, area, problem)


def _proposed(each: DeskItem, tasks: Sequence[Task], likely: Mapping[int, str]) -> tuple[str, str]:
    """What it is about by its own words: a number that it names, else the likest sentence."""
    task = None
    by_number = {task.number: task for task in tasks if task.kind == "key_task"}
    if (named := _NUMBERED.search(each.item.text)) is not None:
        task = by_number.get(int(named[1]))
    if task is None:
        alike = candidates(each.item.text, likely)
        task = next((one for one in tasks if alike and one.pk == alike[0].pk), None)
    if task is None:
        return ADD, ""
    is_gone = named is not None and withdraws(each.item.text)
    return (WITHDRAW if is_gone else CHANGE), called(task)


def _area(areas: Sequence[Area], title: str) -> Area | None:
    """The one with the same title; where there is only one, that."""
    same = [area for area in areas if title and fold(area.title) == fold(title)]
    return same[0] if same else areas[0] if len(areas) == 1 else None


def _problems(content: Content) -> list[str]:
    found = []
    if not content.items:
        found.append("没有读到事项，请返回原件改选写法。")
    unread = sum(each.kind in UNREAD for each in open_doubts(content))
    if unread:
        found.append(f"{unread}处正文没有读入，请返回核对逐处处理。")
    return found
