"""What is asked of a unit beside filings, and what it has answered and waits for: one query."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import (
    CharField,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from progress.models import (
    Closure,
    ClosureState,
    Instruction,
    InstructionState,
    MilestoneReading,
    OrderState,
    ReportState,
    SiteVisit,
    SupervisionOrder,
    SupportRequest,
    TaskPeriod,
    VisitState,
)
from progress.models.instructions import WITH_UNIT
from progress.models.orders import ORDER_WITH_UNIT
from progress.todo import kinds
from tasks.models import (
    ActionPlanState,
    Milestone,
    Naming,
    NamingState,
    Responsibility,
    ResponsibilityRole,
    TaskDeadline,
    Tracking,
    Visibility,
)
from units.asking.rows import prepared_rows

Asking = Callable[[Any, Any, Any], "QuerySet[Any, Any]"]
# of rooms above: plans, unit and day in, rows of `columns` out; added when their app is ready
ELSEWHERE: list[Asking] = []

PLANNED = (Tracking.QUANTITATIVE, Tracking.MILESTONE)
FILED = (ReportState.REVIEWING, ReportState.ACCEPTED)
STANDING = (ClosureState.CLAIMED, ClosureState.CHECKED, ClosureState.CLOSED)
WAITING = (ClosureState.CLAIMED, ClosureState.CHECKED)
DONE = 100  # percent
NOTE = 200  # characters of what is asked


class Asked(NamedTuple):
    """One row. `number`: of a matter its own; `source`: where it comes from; `since`: the day from
    which it counts; `holder`: of a step whose responsibility is over, that.
    """

    kind: str
    pk: int
    plan_id: int
    item_id: int | None
    item_kind: str
    item_number: int
    item_title: str
    title: str
    note: str
    source: str
    number: int
    state: str
    due_on: date | None
    since: date | None
    holder: int


_EMPTY: dict[str, Any] = {
    "item_id": Cast(Value(None), IntegerField()),
    "number": Value(0, IntegerField()),
    "item_number": Value(0, IntegerField()),
    "holder": Value(0, IntegerField()),
    "due_on": Cast(Value(None), DateField()),
    "since": Cast(Value(None), DateField()),
}


def columns(found: QuerySet[Any, Any], kind: str, task: str, **shown: Any) -> QuerySet[Any, Any]:
    """Rows of `Asked`; `task`: the path to the item, or empty; whatever is not `shown` is empty."""
    item = {} if not task else _item(task)
    given = {"kind": Value(kind, CharField()), "pk": F("pk")} | item | shown
    says = {
        f"as_{name}": given.get(name, _EMPTY.get(name, Value("", CharField())))
        for name in Asked._fields
    }
    said: QuerySet[Any, Any] = found.order_by().annotate(**says).values_list(*says)
    return said


def _item(task: str) -> dict[str, Any]:
    return {
        "plan_id": F(f"{task}__plan_id"),
        "item_id": F(f"{task}_id"),
        "item_kind": F(f"{task}__kind"),
        "item_number": F(f"{task}__number"),
        "item_title": F(f"{task}__short_title"),
    }


@prepared_rows
def asked_of(plan_ids: tuple[int, ...], unit_id: int, today: date) -> QuerySet[Any, Any]:
    """Rows of `Asked` of a unit in its years."""
    each = (*(makes(plan_ids, unit_id, today) for makes in (*_ALL, *ELSEWHERE)),)
    return each[0].union(*each[1:], all=True)


def _matters(plan_ids: Any, unit_id: Any, today: Any) -> QuerySet[Any, Any]:
    states = [*WITH_UNIT, InstructionState.ANSWERED]
    found = Instruction.objects.filter(plan__in=plan_ids, state__in=states)
    return columns(found.carried_out_by(unit_id), kinds.MATTER, "", **_MATTER, source=F("source"))


def _orders(plan_ids: Any, unit_id: Any, today: Any) -> QuerySet[Any, Any]:
    states = [*ORDER_WITH_UNIT, OrderState.ANSWERED]
    found = SupervisionOrder.objects.filter(plan__in=plan_ids, unit=unit_id, state__in=states)
    return columns(found, kinds.ORDER, "", **_MATTER)


_MATTER: dict[str, Any] = {
    "plan_id": F("plan_id"),
    "title": F("title"),
    "number": Coalesce(F("number"), Value(0)),
    "state": F("state"),
    "due_on": Coalesce(F("return_due_on"), F("due_on")),
}


def _supports(plan_ids: Any, unit_id: Any, today: Any) -> QuerySet[Any, Any]:
    found = SupportRequest.objects.waiting_at(unit_id).filter(report__period__plan__in=plan_ids)
    return columns(
        found,
        kinds.SUPPORT,
        "report__responsibility__task",
        note=F("question"),
        source=F("report__responsibility__unit__name"),
        due_on=F("due_on"),
    )


def _milestones(plan_ids: Any, unit_id: Any, today: Any) -> QuerySet[Any, Any]:
    """Steps that the unit reports, not yet told as done; of a responsibility that is over, those of
    the items that the unit holds: `is_reported_by` tells whose they are now.
    """
    held = Responsibility.objects.on(today)
    own = held.filter(unit=unit_id).exclude(role=ResponsibilityRole.SUPPORT)
    told = MilestoneReading.objects.filter(
        milestone=OuterRef("pk"), done_on__isnull=False, version__report__state__in=FILED
    )
    mine = Q(responsibility__in=own.values("pk"))
    standing = Responsibility.objects.not_over(today)
    passed_on = Q(task__in=own.values("task")) & ~Q(responsibility__in=standing.values("pk"))
    found = Milestone.objects.filter(
        ~Exists(told), mine | passed_on, task__plan__in=plan_ids, done_on=None
    )
    return columns(
        found,
        kinds.MILESTONE,
        "task",
        title=F("title"),
        due_on=F("due_on"),
        since=F("responsibility__ends_on"),
        holder=F("responsibility_id"),
    )


def _visits(plan_ids: Any, unit_id: Any, today: Any) -> QuerySet[Any, Any]:
    found = SiteVisit.objects.filter(
        task__in=_led(unit_id, today).values("task"),
        task__plan__in=plan_ids,
        mend_by__isnull=False,
        state__in=[VisitState.RECORDED, VisitState.MENDED],
    )
    shown = {"note": F("text"), "state": F("state"), "due_on": F("mend_by")}
    return columns(found, kinds.MEND, "task", **shown, since=F("visited_on"))


def _namings(plan_ids: Any, unit_id: Any, today: Any) -> QuerySet[Any, Any]:
    found = Naming.objects.filter(
        unit=unit_id, state=NamingState.PROPOSED, designation__task__plan__in=plan_ids
    )
    return columns(found, kinds.NAMING, "designation__task", title=F("designation__printed"))


def _action_plans(plan_ids: Any, unit_id: Any, today: Any) -> QuerySet[Any, Any]:
    """Of the items that the unit reports on: none accepted yet, or one on its way."""
    on_its_way = (ActionPlanState.SIGNING, ActionPlanState.RETURNED, ActionPlanState.REVIEWING)
    found = _led(unit_id, today).filter(
        Q(task__action_plan__accepted_version=None, task__tracking__in=PLANNED)
        | Q(task__action_plan__state__in=on_its_way),
        is_primary=True,
        task__plan__in=plan_ids,
    )
    state = Coalesce(F("task__action_plan__state"), Value(""))
    return columns(found, kinds.ACTION_PLAN, "task", pk=F("task_id"), state=state)


def _receipts(plan_ids: Any, unit_id: Any, today: Any) -> QuerySet[Any, Any]:
    """As `tasks.holders.receipts.receivable`."""
    unseen = Q(role=ResponsibilityRole.SUPPORT, task__visibility=Visibility.RESTRICTED)
    held = Responsibility.objects.on(today).filter(unit=unit_id, task__plan__in=plan_ids)
    found = held.filter(received_at=None).exclude(unseen)
    return columns(found, kinds.RECEIPT, "task", since=F("starts_on"))


def _closures(plan_ids: Any, unit_id: Any, today: Any) -> QuerySet[Any, Any]:
    """What was claimed waits at the office; what is done and not claimed is the unit's to claim."""
    found = Closure.objects.filter(
        task__in=_led(unit_id, today).filter(is_primary=True).values("task"),
        task__plan__in=plan_ids,
        state__in=WAITING,
    )
    return columns(found, kinds.CLOSURE, "task", state=F("state"), since=F("claimed_on"))


def _done(plan_ids: Any, unit_id: Any, today: Any) -> QuerySet[Any, Any]:
    newest = TaskPeriod.objects.filter(task=OuterRef("task"))
    percent = newest.order_by("-period__data_as_of", "-id").values("percent")[:1]
    deadline = TaskDeadline.objects.on(today).filter(task=OuterRef("task")).values("due_on")[:1]
    claimed = Closure.objects.filter(task=OuterRef("task"), state__in=STANDING)
    found = (
        _led(unit_id, today)
        .filter(~Exists(claimed), is_primary=True, task__plan__in=plan_ids)
        .annotate(reached=Subquery(percent), last_day=Subquery(deadline))
        .filter(reached__gte=DONE)
    )
    return columns(found, kinds.CLOSURE, "task", pk=F("task_id"), due_on=F("last_day"))


def _led(unit_id: Any, today: Any) -> QuerySet[Any, Any]:
    held: QuerySet[Any, Any] = Responsibility.objects.on(today).filter(unit=unit_id)
    return held.exclude(role=ResponsibilityRole.SUPPORT)


_ALL: tuple[Asking, ...] = (
    *(_matters, _orders, _supports, _milestones, _visits),
    *(_namings, _action_plans, _receipts, _closures, _done),
)


def passed_on_to(rows: list[Asked], unit_id: int, today: date) -> Iterator[Asked]:
    """Of steps whose responsibility is over those that this unit reports now."""
    held = Responsibility.objects.select_related("followed_by").in_bulk(
        {row.holder for row in rows}
    )
    for row in rows:
        reporter = held[row.holder].reporter_on(today)
        if reporter is not None and reporter.unit_id == unit_id:
            yield row
