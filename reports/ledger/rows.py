"""The rows of the ledger: what one item shows, on the page and in Excel alike.

Everybody reads, per item, its latest 定稿. What is going on in the period now open (its filing
state) is for the office, which sees the item's main report, and for units, which see their own;
leaders and observers do not see it (design.md section 4, Who sees what).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from progress.judging.loading import by_task, deadline_on
from progress.lights.facts import MARK_CORRECTED, MARK_IN_REVIEW, MARK_MISSING
from progress.lights.measures import BY_TIME, PARTLY_BY_TIME
from progress.models import TaskPeriod
from progress.periods.access import periods_of
from progress.states import Light
from reports.ledger.filings_now import Filing, filings_of
from reports.ledger.moves import move_of
from tasks.action_plans.list import PLANNED
from tasks.holders.portfolios import in_charge_of
from tasks.models import (
    Designation,
    Plan,
    Responsibility,
    ResponsibilityRole,
    Task,
    TaskKind,
    Tracking,
)
from tasks.models.items import TaskQuerySet
from units.actors import Actor
from units.models import Post, Unit

T = TypeVar("T")


class Holder(NamedTuple):
    """A unit that answers for the item on the day; of what stands in `Responsibility`."""

    task_id: int
    unit_id: int
    unit: Unit
    role: str
    is_primary: bool
    received_at: datetime | None
    leader_name: str
    section: str
    contact_name: str
    telephone: str

    @classmethod
    def of(cls, held: Responsibility) -> Holder:
        """A responsibility that is at hand with its unit."""
        return cls(*(getattr(held, name) for name in cls._fields))

    @property
    def role_label(self) -> str:
        return str(ResponsibilityRole(self.role).label)


class Printed(NamedTuple):
    """A unit as the notice prints it beside the item; of what stands in `Designation`."""

    task_id: int
    unit_id: int | None
    role: str
    printed: str


@dataclass(frozen=True)
class LedgerRow:
    """One item. `holders` answer for it today; `designations` are the notice's own words.

    What only some pages ask is None in `was`, `short` and `asking` until it was asked; read it by
    `before`, `is_short` and `has_problem`, which raise `LookupError` instead of saying no.
    """

    task: Task
    due_on: date
    holders: list[Holder] = field(default_factory=list)
    designations: list[Printed] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    frozen: TaskPeriod | None = None
    filing: Filing | None = None
    was: str | None = None
    short: bool | None = None
    asking: bool | None = None
    asked: tuple[tuple[str, str], ...] = ()  # how the rows were asked for (`reports.ledger.asked`)

    @property
    def before(self) -> str:
        """The light at the plan's last 定稿 but one; empty when there was none."""
        return _told(self.was)

    @property
    def is_short(self) -> bool:
        """Whether a number will lack something at the end of the year."""
        return _told(self.short)

    @property
    def has_problem(self) -> bool:
        """Whether a unit on it asks the city for help."""
        return _told(self.asking)

    @property
    def move(self) -> str:
        """新增滞后, 销号 or 扭转 against the 定稿 before (`reports.ledger.moves`); else empty."""
        return move_of(self.before, self.light)

    @property
    def light(self) -> str:
        return self.frozen.light if self.frozen is not None else Light.NO_DATA

    @property
    def data_as_of(self) -> date | None:
        return self.frozen.period.data_as_of if self.frozen is not None else None

    @property
    def primary(self) -> Unit | None:
        """The unit that writes the item's report."""
        return next((held.unit for held in self.holders if held.is_primary), None)

    @property
    def leads(self) -> list[str]:
        """牵头单位 (of a project 责任单位) as the notice prints them."""
        return self._printed(ResponsibilityRole.LEAD) + self._printed(
            ResponsibilityRole.RESPONSIBLE
        )

    @property
    def other_leads(self) -> list[str]:
        """The leads that stand behind the primary."""
        primary = self.primary
        leading = [d for d in self.designations if d.role != ResponsibilityRole.SUPPORT]
        return [d.printed for d in leading if primary is None or d.unit_id != primary.pk]

    @property
    def supports(self) -> list[str]:
        """配合单位 as the notice prints them."""
        return self._printed(ResponsibilityRole.SUPPORT)

    @property
    def has_moved_primary(self) -> bool:
        """Whether another unit than the notice names writes the item's report by now."""
        primary = self.primary
        named = {designation.unit_id for designation in self.designations}
        return primary is not None and primary.pk not in named

    @property
    def in_words(self) -> str:
        """How an item without a percent is judged; empty where it has one, or nothing yet."""
        if self.frozen is None or self.frozen.percent is not None:
            return ""
        if self.task.tracking == Tracking.QUANTITATIVE:
            return "与目标直接比较"
        return f"{self.task.get_tracking_display()} · 文字评定"

    @property
    def marks(self) -> list[str]:
        """What has to be known about the judgement: 未报送, 待审核, 已更正."""
        if self.frozen is None:
            return []
        marks = [
            (self.frozen.is_missing, MARK_MISSING),
            (self.frozen.is_in_review, MARK_IN_REVIEW),
            (self.frozen.is_corrected, MARK_CORRECTED),
        ]
        return [words for holds, words in marks if holds]

    @property
    def is_planned_by_time(self) -> bool:
        """Whether 本期计划 stands, wholly or in part, for months passed and not for a plan."""
        basis = self.frozen.expected_basis if self.frozen is not None else ""
        return basis in (BY_TIME, PARTLY_BY_TIME)

    @property
    def lacks_action_plan(self) -> bool:
        """Whether it is measured, and no 办理方案 of it has been accepted."""
        if self.task.tracking not in PLANNED:
            return False
        action_plan = getattr(self.task, "action_plan", None)
        return action_plan is None or action_plan.accepted_version_id is None

    def _printed(self, role: str) -> list[str]:
        return [each.printed for each in self.designations if each.role == role]


def _told(answer: T | None) -> T:
    if answer is None:
        raise LookupError("this was not asked when the row was loaded")
    return answer


def ledger_tasks(plan: Plan, actor: Actor) -> TaskQuerySet:
    """The one queryset of the ledger: the plan's items that the actor may see, as numbered."""
    tasks = plan.tasks.visible_to(actor)  # through the relation, so each knows its plan
    joined = tasks.select_related("area", "theme", "action_plan")
    return joined.prefetch_related("deadlines")


def load_rows(
    plan: Plan,
    actor: Actor,
    today: date,
    *,
    with_filings: bool = True,
    until: date | None = None,
) -> list[LedgerRow]:
    """Every row the actor may see, about ten queries for any number of items.

    Pages of what is finalized leave filings out; `until`: as the 定稿 of an earlier day had them.
    """
    tasks = list(ledger_tasks(plan, actor))
    frozen = _frozen(plan, actor, until)
    filings = filings_of(plan, tasks, actor, today) if with_filings else {}
    held = _holders(plan, today)
    posts = in_charge_of(tasks, today, held)
    holders, designations = by_task(held), by_task(_printed(plan))
    newest = max(
        (frozen[task.pk].period.data_as_of for task in tasks if task.pk in frozen), default=None
    )
    return [
        LedgerRow(
            task=task,
            due_on=deadline_on(task, today),
            holders=holders[task.pk],
            designations=designations[task.pk],
            posts=posts[task.pk],
            frozen=frozen.get(task.pk),
            filing=filings.get(task.pk),
            was=_before(frozen.get(task.pk), newest),
        )
        for task in tasks
    ]


def _before(frozen: TaskPeriod | None, newest: date | None) -> str:
    """What was not judged at the newest 定稿 stands as it stood at the one before."""
    if frozen is None:
        return Light.NO_DATA if newest is not None else ""
    if frozen.period.data_as_of != newest:
        return frozen.light
    return getattr(frozen, "before", None) or ""


def _holders(plan: Plan, day: date) -> list[Holder]:
    """Of every item of the plan, in their order; a thousand and more, so no objects are made."""
    units = Unit.objects.in_bulk()
    held = Responsibility.objects.on(day).filter(task__plan=plan)
    fields = [name for name in Holder._fields if name != "unit"]
    in_order = held.order_by("task", "-is_primary", "ordinal", "id").values_list(*fields)
    return [Holder(task, unit, units[unit], *rest) for task, unit, *rest in in_order]


def _printed(plan: Plan) -> list[Printed]:
    named = Designation.objects.filter(task__plan=plan).order_by("task", "role", "ordinal")
    return [Printed(*each) for each in named.values_list("task_id", "unit_id", "role", "printed")]


def _frozen(plan: Plan, actor: Actor, until: date | None) -> dict[int, TaskPeriod]:
    """Task id → its newest 定稿, with the light before it; periods are those of the plan."""
    periods = {period.pk: period for period in periods_of(plan)}
    found = {}
    for row in TaskPeriod.objects.latest_of(plan, until).visible_to(actor).with_before():
        row.period = periods[row.period_id]
        found[row.task_id] = row
    return found


def newest_date(rows: Sequence[LedgerRow]) -> date | None:
    """The newest 数据截至 among the rows: printed once, an older one stands beside its item."""
    return max((day for row in rows if (day := row.data_as_of) is not None), default=None)


def totals(rows: Sequence[LedgerRow]) -> str:
    """``重点工作134项、十件实事10件``; a kind without rows is left out."""
    counted = Counter(row.task.kind for row in rows)
    parts = [
        f"{TaskKind(kind).label}{counted[kind]}{measure}"
        for kind, measure in ((TaskKind.KEY_TASK, "项"), (TaskKind.PRACTICAL_PROJECT, "件"))
        if counted[kind]
    ]
    return "、".join(parts)


def filing_heading(rows: Sequence[LedgerRow]) -> str:
    """``7月报送``; 本期报送 while periods of several cycles are open, empty while none is."""
    labels = {row.filing.label for row in rows if row.filing is not None}
    if not labels:
        return ""
    return f"{labels.pop()}报送" if len(labels) == 1 else "本期报送"
