"""The items that a unit answers for, as its desk shows them: a few facts of what 任务台账 knows;
`test_own_items.py` holds the two together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from progress.models import Period
from progress.periods.filed import ITEM, Filed, ItemName
from progress.periods.owed import filing_state
from progress.states import Light
from reports.ledger.filings_now import Filing, open_periods
from reports.stats.newest import Judged, newest_of
from tasks.action_plans.list import PLANNED
from tasks.models import Cycle, Designation, Plan, Responsibility, Task, Tracking
from units.actors import Actor
from units.asking.rows import prepared_rows


class Primary(NamedTuple):
    """The unit that writes the report of an item."""

    pk: int
    name: str

    def __str__(self) -> str:
        return self.name


class Held(NamedTuple):
    """Of what stands in `Responsibility` and its item. `is_named`: whether the notice names the
    unit itself; `in_force`: the accepted version of the item's 办理方案.
    """

    task: ItemName
    plan_id: int
    unit_id: int
    unit_name: str
    role: str
    is_primary: bool
    received_at: datetime | None
    text: str
    mended_text: str
    cycle: str
    tracking: str
    in_force: int | None
    is_named: bool


class OwnItem(NamedTuple):
    """One of them with its newest 定稿 and what the unit files of it now. A unit may answer for an
    item twice on the day of a change: `roles` are those, `to_receive` what it has not received.
    """

    held: Held
    roles: frozenset[str]
    to_receive: int
    primary: Primary | None
    frozen: Judged | None
    filing: Filing | None

    @property
    def task(self) -> ItemName:
        return self.held.task

    @property
    def words(self) -> str:
        """The wording in force, as `Task.words`."""
        return self.held.mended_text or self.held.text

    @property
    def cycle_label(self) -> str:
        return str(Cycle(self.held.cycle).label)

    @property
    def light(self) -> str:
        return self.frozen.light if self.frozen is not None else Light.NO_DATA

    @property
    def in_words(self) -> str:
        """As `LedgerRow.in_words`."""
        if self.frozen is None or self.frozen.percent is not None:
            return ""
        if self.held.tracking == Tracking.QUANTITATIVE:
            return "与目标直接比较"
        return f"{Tracking(self.held.tracking).label} · 文字评定"

    @property
    def lacks_action_plan(self) -> bool:
        """As `LedgerRow.lacks_action_plan`."""
        return self.held.tracking in PLANNED and self.held.in_force is None


class OwnItems(NamedTuple):
    """As numbered, plan by plan. `primaries`: item → who writes its report, also of what the unit
    held once.
    """

    items: list[OwnItem]
    primaries: Mapping[int, Primary]

    def of(self, plan: Plan) -> list[OwnItem]:
        """Those of one plan."""
        return [each for each in self.items if _is_of(plan, each.held)]


def own_items(
    plans: Sequence[Plan], actor: Actor, filings: Sequence[Filed], today: date
) -> OwnItems:
    """What the actor's unit answers for today and may see; `filings` are all of its years. Of the
    first plan also how it stands: two queries, however many plans.
    """
    plan = plans[0]
    rows = _held(tuple(each.pk for each in plans), actor.unit_id, today)
    held = [Held(ItemName(*row[:4]), *row[4:]) for row in rows]
    primaries = {
        each.task.pk: Primary(each.unit_id, each.unit_name) for each in held if each.is_primary
    }
    own: dict[int, list[Held]] = defaultdict(list)
    for each in held:
        if each.unit_id == actor.unit_id:
            own[each.task.pk].append(each)
    newest = newest_of(plan, actor.unit_id)
    periods = open_periods(plan, today)
    states = _states(filings, periods, today)
    items = [
        OwnItem(
            held=those[0],
            roles=frozenset(each.role for each in those),
            to_receive=sum(each.received_at is None for each in those),
            primary=primaries.get(pk),
            frozen=newest.get(pk),
            filing=_filing(those[0], periods, states) if _is_of(plan, those[0]) else None,
        )
        for pk, those in own.items()
    ]
    return OwnItems(items, primaries)


def _is_of(plan: Plan, held: Held) -> bool:
    return held.plan_id == plan.pk


@prepared_rows
def _held(plan_ids: tuple[int, ...], unit_id: int, today: date) -> QuerySet[Any, Any]:
    """The unit's own responsibilities, and whoever writes the reports of its items."""
    named = Designation.objects.filter(task=OuterRef("task"), unit=unit_id)
    visible = Task.objects.visible_at(unit_id).filter(plan__in=plan_ids)
    rows = (
        Responsibility.objects.on(today)
        .filter(Q(unit=unit_id) | Q(is_primary=True), task__in=visible.values("pk"))
        .annotate(is_named=Exists(named))
        .order_by("task__kind", "task__number", "-is_primary", "ordinal", "pk")
    )
    columns = (
        *(f"task__{name}" for name in ITEM),
        *("task__plan_id", "unit_id", "unit__name", "role", "is_primary", "received_at"),
        *("task__text", "task__mended_text", "task__cycle", "task__tracking"),
        "task__action_plan__accepted_version_id",
        "is_named",
    )
    shown: QuerySet[Any, Any] = rows.values_list(*columns)
    return shown


def _states(filings: Sequence[Filed], periods: Mapping[str, Period], today: date) -> dict[int, str]:
    """Item → the state of what the unit files of it in the open period, as `filings_of`."""
    now = {period.pk for period in periods.values()}
    current = [each for each in filings if each.period.pk in now]
    # a successor comes last
    in_order = sorted(current, key=lambda each: (each.responsibility.starts_on, each.pk))
    return {each.task.pk: filing_state(each, today) for each in in_order}


def _filing(held: Held, periods: Mapping[str, Period], states: Mapping[int, str]) -> Filing | None:
    if held.cycle not in periods:
        return None
    return Filing(periods[held.cycle].label, states.get(held.task.pk, ""))
