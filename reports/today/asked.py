"""What is due and what waits for a decision, of many tables, as rows of one shape: two queries."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, TruncDate

from huangshi_tasks.lib.clock import SHANGHAI
from progress.closing.page import GROUPS, WAITING
from progress.models import (
    Adjustment,
    Closure,
    DecisionState,
    Instruction,
    InstructionState,
    InstructionUnit,
    MilestoneReading,
    OrderState,
    ReportState,
    ReportVersion,
    SiteVisit,
    SupervisionOrder,
    UnitRole,
    VisitState,
)
from reports.models import Bulletin, BulletinLine, BulletinState, Standing, StandingState
from tasks.action_plans.list import PLANNED
from tasks.models import (
    ActionPlan,
    ActionPlanState,
    ActionPlanVersion,
    Milestone,
    Responsibility,
)
from units.asking.rows import prepared_rows

Rows = QuerySet[Any, Any]
STEP, MATTER, ORDER, MENDING, CHECK = "step", "matter", "order", "mending", "check"
ADJUSTMENT, CLOSURE, PLAN, PROBLEM = "adjustment", "closure", "plan", "problem"
OBJECTION, STANDING = "objection", "standing"


class Due(NamedTuple):
    """Something with a day. `word`: its source, kind or state; `since`: when it was handed on."""

    kind: str
    pk: int
    plan_id: int
    task_id: int
    task_kind: str
    number: int  # of the item, or of the matter
    title: str
    unit: str
    word: str
    state: str
    due_on: date
    since: date


class Asked(NamedTuple):
    """Something that waits for a decision of the office; `detail`: what is asked, as stored."""

    kind: str
    pk: int
    plan_id: int
    task_id: int
    task_kind: str
    number: int
    title: str
    unit: str
    word: str
    detail: str
    asked_at: datetime | None


def due_rows(plan_ids: tuple[int, ...], today: date) -> list[Due]:
    """Everything due by today, and matters that nobody has received yet."""
    return [Due(*row) for row in _due(plan_ids, today)]


def asked_rows(plan_ids: tuple[int, ...]) -> list[Asked]:
    """What units asked for or sent in, and rankings drawn up, that the office has to decide."""
    return [Asked(*row) for row in _asked(plan_ids)]


@prepared_rows
def _due(plan_ids: tuple[int, ...], today: date) -> Rows:
    return _steps(plan_ids, today).union(
        _matters(plan_ids, today),
        _orders(plan_ids, today),
        _mendings(plan_ids, today),
        _checks(plan_ids, today),
        all=True,
    )


@prepared_rows
def _asked(plan_ids: tuple[int, ...]) -> Rows:
    return _adjustments(plan_ids).union(
        _closures(plan_ids),
        _plans(plan_ids),
        _problems(plan_ids),
        _objections(plan_ids),
        _standings(plan_ids),
        all=True,
    )


def _row(
    found: Any, kind: str, plan: str, task: str | None, *rest: Any, number: Any = None
) -> Rows:
    """The columns before those that differ; what belongs to no item may have a number itself."""
    none = Value(0, IntegerField())
    named: list[Any] = [none, Value(""), none if number is None else number]
    if task is not None:
        named = [F(f"{task}_id"), F(f"{task}__kind"), F(f"{task}__number")]
    rows: Rows = found.order_by().values_list(Value(kind), "pk", F(f"{plan}_id"), *named, *rest)
    return rows


def _steps(plan_ids: tuple[int, ...], today: date) -> Rows:
    """A step counts as done from the moment its completion has left the unit."""
    told = MilestoneReading.objects.filter(
        done_on__isnull=False,
        version__report__state__in=(ReportState.REVIEWING, ReportState.ACCEPTED),
    ).values("milestone_id")
    found = Milestone.objects.filter(task__plan__in=plan_ids, done_on=None, due_on__lte=today)
    rest = (F("title"), F("responsibility__unit__name"), Value(""), Value(""), F("due_on"))
    return _row(found.exclude(pk__in=told), STEP, "task__plan", "task", *rest, F("due_on"))


def _matters(plan_ids: tuple[int, ...], today: date) -> Rows:
    leads = InstructionUnit.objects.open_ended().filter(
        instruction=OuterRef("pk"), role=UnitRole.LEAD
    )
    day = Coalesce(F("return_due_on"), F("due_on"))
    found = Instruction.objects.with_unit().filter(plan__in=plan_ids).annotate(day=day)
    found = found.filter(Q(day__lte=today) | Q(state=InstructionState.REGISTERED))
    return _row(
        found,
        MATTER,
        "plan",
        None,
        F("title"),
        Coalesce(Subquery(leads.values("unit__name")[:1]), Value("")),
        F("source"),
        F("state"),
        F("day"),
        TruncDate("registered_at", tzinfo=SHANGHAI),
        number=F("number"),
    )


def _orders(plan_ids: tuple[int, ...], today: date) -> Rows:
    day = Coalesce(F("return_due_on"), F("due_on"))
    found = SupervisionOrder.objects.with_unit().filter(plan__in=plan_ids).annotate(day=day)
    found = found.filter(Q(day__lte=today) | Q(state=OrderState.SENT))
    rest = (F("title"), F("unit__name"), Value(""), F("state"), F("day"))
    return _row(found, ORDER, "plan", None, *rest, TruncDate("sent_at", tzinfo=SHANGHAI))


def _mendings(plan_ids: tuple[int, ...], today: date) -> Rows:
    found = SiteVisit.objects.filter(
        task__plan__in=plan_ids, state=VisitState.RECORDED, mend_by__lte=today
    )
    rest = (F("task__short_title"), _primary(), Value(""), F("state"), F("mend_by"))
    return _row(found, MENDING, "task__plan", "task", *rest, F("visited_on"))


def _checks(plan_ids: tuple[int, ...], today: date) -> Rows:
    found = Bulletin.objects.filter(
        plan__in=plan_ids, state=BulletinState.CHECKING, check_until__lte=today
    )
    rest = (F("title"), Value(""), Value(""), F("state"), F("check_until"), F("check_until"))
    return _row(found, CHECK, "plan", None, *rest)


def _adjustments(plan_ids: tuple[int, ...]) -> Rows:
    found = Adjustment.objects.filter(task__plan__in=plan_ids, state=DecisionState.REQUESTED)
    unit = Coalesce(F("unit__name"), Value(""))
    detail = Cast(F("detail"), TextField())
    rest = (F("task__short_title"), unit, F("kind"), detail, F("requested_at"))
    return _row(found, ADJUSTMENT, "task__plan", "task", *rest)


def _closures(plan_ids: tuple[int, ...]) -> Rows:
    found = Closure.objects.filter(task__plan__in=plan_ids, state__in=GROUPS[WAITING])
    rest = (F("task__short_title"), _primary(), F("state"), _text(""), F("claimed_at"))
    return _row(found, CLOSURE, "task__plan", "task", *rest)


def _plans(plan_ids: tuple[int, ...]) -> Rows:
    newest = ActionPlanVersion.objects.filter(action_plan=OuterRef("pk")).order_by("-number")
    found = ActionPlan.objects.filter(
        task__plan__in=plan_ids, task__tracking__in=PLANNED, state=ActionPlanState.REVIEWING
    )
    sent_at = Subquery(newest.values("signed_at")[:1])
    rest = (F("task__short_title"), _primary(), Value(""), _text(""), sent_at)
    return _row(found, PLAN, "task__plan", "task", *rest)


def _problems(plan_ids: tuple[int, ...]) -> Rows:
    """需协调, as `progress.matters.coordination.asked_for` has them, not handed on yet."""
    counts = Q(report__accepted_version=F("pk"))
    waits = Q(report__state=ReportState.REVIEWING, decision="", submitted_at__isnull=False)
    found = ReportVersion.objects.filter(
        counts | waits, report__period__plan__in=plan_ids, instruction=None
    ).exclude(coordination="")
    task, unit = "report__responsibility__task", F("report__responsibility__unit__name")
    rest = (F(f"{task}__short_title"), unit, Value(""), F("coordination"), F("submitted_at"))
    return _row(found, PROBLEM, "report__period__plan", task, *rest)


def _objections(plan_ids: tuple[int, ...]) -> Rows:
    """What units said to a 通报 that names them, until it is signed."""
    found = BulletinLine.objects.filter(
        bulletin__plan__in=plan_ids, bulletin__state=BulletinState.CHECKING, is_dropped=False
    ).exclude(answer="")
    title, item = Coalesce(F("task__short_title"), Value("")), "task"
    rest = (title, F("unit__name"), F("kind"), F("answer"), F("answered_at"))
    rows: Rows = found.order_by().values_list(
        Value(OBJECTION),
        F("bulletin_id"),
        F("bulletin__plan_id"),
        Coalesce(F(f"{item}_id"), Value(0)),
        Coalesce(F(f"{item}__kind"), Value("")),
        Coalesce(F(f"{item}__number"), Value(0)),
        *rest,
    )
    return rows


def _standings(plan_ids: tuple[int, ...]) -> Rows:
    found = Standing.objects.filter(plan__in=plan_ids, state=StandingState.DRAFT)
    title = Cast(F("data_as_of"), TextField())
    rest = (title, Value(""), Value(""), _text(""), F("made_at"))
    return _row(found, STANDING, "plan", None, *rest)


def _text(words: str) -> Any:
    return Cast(Value(words), TextField())


def _primary() -> Any:
    """The unit that answers first for the item of a row."""
    held = Responsibility.objects.open_ended().filter(task=OuterRef("task"), is_primary=True)
    return Coalesce(Subquery(held.values("unit__name")[:1]), Value(""))
