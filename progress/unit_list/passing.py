"""合并 and 拆分: what a unit answers for passes on upon a day; what it filed stays its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, QuerySet

from progress.models import (
    InstructionUnit,
    PeriodState,
    ProgressReport,
    ReportState,
    SupervisionOrder,
    SupportRequest,
    SupportState,
    UnitChange,
    UnitChangeKind,
)
from progress.unit_list.answering import open_instructions, open_orders
from progress.unit_list.notices import tell_problem
from tasks.holders.succession import LEADING, Move, move_responsibility
from tasks.models import PlanState, Portfolio, Responsibility, ResponsibilityRole
from units import log
from units.actors import Actor
from units.errors import NotNow, ends_the_run
from units.job_runs import one_by_one
from units.models import Appointment, Unit, UnitGroupMember
from units.models.dated import Dated
from units.permissions import can_run_the_year, require
from units.renaming.acts import can_keep_units

ONE_DAY = timedelta(days=1)
RANK = {
    ResponsibilityRole.LEAD: 3,
    ResponsibilityRole.RESPONSIBLE: 2,
    ResponsibilityRole.SUPPORT: 1,
}
SELF = "承接单位不能是原单位。"
GONE = "{unit}已停用，不能办理。"
PLANNED = "{unit}已登记“{change}”，自{day}起，请先撤回再登记。"
NOTHING = "请至少选择一个转入的事项或人员。"
IN_USE = "“{row}”始于{day}以后，并且已经使用，请把生效日期改晚。"
NOT_TO_COME = "没有可以撤回的合并或拆分。"
UNKNOWN = "系统出错，请联系系统维护人员。"


@transaction.atomic
def register(
    *,
    kind: str,
    leaving: Unit,
    into: Unit,
    starts_on: date,
    authority: str,
    actor: Actor,
    now: datetime,
    tasks: Sequence[int] = (),
    people: Sequence[int] = (),
) -> UnitChange:
    """Register it, and carry it out at once where its day has come. Logged.

    Raises `NotNow` where it contradicts something, and `Refused` where anybody but 督查室 chooses
    items; nothing is written then.
    """
    require(can_keep_units(actor))
    if tasks:
        require(can_run_the_year(actor))
    Unit.objects.select_for_update().get(pk=leaving.pk)  # one change of a unit at a time
    _refuse(kind, leaving, into, tasks, people)
    change = UnitChange.objects.create(
        kind=kind,
        leaving=leaving,
        into=into,
        starts_on=starts_on,
        authority=authority,
        tasks=list(tasks),
        people=list(people),
        registered_by=actor.user,
        registered_by_name=actor.name,
        registered_at=now,
    )
    log.record(
        actor=actor,
        action="unitchange.register",
        subject=change,
        summary=f"登记单位{change.get_kind_display()}：{change}，自{starts_on:%Y-%m-%d}起",
        changes={"authority": authority, "tasks": list(tasks), "people": list(people)},
        now=now,
    )
    if starts_on <= now.date():
        carry_out(change, now)
    return change


@transaction.atomic
def withdraw(*, leaving: Unit, actor: Actor, now: datetime) -> None:
    """Take it back before its day. Raises `NotNow` where there is none."""
    require(can_keep_units(actor))
    change = to_come(leaving)
    if change is None:
        raise NotNow(NOT_TO_COME)
    change.withdrawn_at = now
    change.save(update_fields=["withdrawn_at"])
    log.record(
        actor=actor,
        action="unitchange.withdraw",
        subject=change,
        summary=f"撤回单位{change.get_kind_display()}：{change}",
        now=now,
    )


def to_come(unit: Unit) -> UnitChange | None:
    """What is registered of it and not yet carried out."""
    return UnitChange.objects.filter(leaving=unit, done_at=None, withdrawn_at=None).first()


def coming_to(unit: Unit) -> QuerySet[UnitChange]:
    """What is registered and will hand something on to it."""
    return UnitChange.objects.filter(into=unit, done_at=None, withdrawn_at=None)


def carry_out_due(now: datetime) -> int:
    """Those whose day has come; how many. One that fails is told of and tried again."""
    due = UnitChange.objects.filter(done_at=None, withdrawn_at=None, starts_on__lte=now.date())
    return sum(one_by_one(due.select_related("leaving", "into"), partial(_try, now=now)))


def _try(change: UnitChange, now: datetime) -> bool:
    """What stands against it is kept with it and told; anything else is a fault of the job too."""
    try:
        carry_out(change, now)
    except Exception as error:
        if ends_the_run(error):
            raise
        is_said = isinstance(error, NotNow)
        _note(change, str(error) if is_said else UNKNOWN, now)
        if not is_said:
            raise
        return False
    return True


@transaction.atomic
def _note(change: UnitChange, problem: str, now: datetime) -> None:
    change.problem = problem[:300]
    change.save(update_fields=["problem"])
    tell_problem(change, now)


@transaction.atomic
def carry_out(change: UnitChange, now: datetime) -> None:
    """Items, designations, people and open work pass on, on the day; safe to run twice."""
    locked = UnitChange.objects.select_for_update().get(pk=change.pk)
    if locked.done_at is not None or locked.withdrawn_at is not None:
        return
    leaving, into, day = locked.leaving, locked.into, locked.starts_on
    if into.retired_on is not None:
        raise NotNow(GONE.format(unit=into))
    is_merger = locked.kind == UnitChangeKind.MERGER
    held = _held(leaving, day)
    if not is_merger:
        held = [row for row in held if row.task_id in set(locked.tasks)]
    moved: dict[str, list[Any]] = {"responsibilities": [_pass_on(row, into, day) for row in held]}
    if is_merger:
        moved["filings"] = _take_open_filings(held, into, day)
    people = Appointment.objects.not_over(day).filter(unit=leaving)
    if not is_merger:
        people = people.filter(pk__in=locked.people)
    moved["people"] = [_appoint(each, into, day) for each in people]
    if is_merger:
        _join_groups(leaving, into, day)
        _take_portfolios(leaving, into, day)
    of = None if is_merger else set(locked.tasks)
    moved |= _take_open_work(leaving, into, of, now.date())
    if is_merger:
        Unit.objects.filter(parent=leaving).exclude(pk=into.pk).update(parent=into)
        if into.parent_id == leaving.pk:  # nothing stands below itself
            Unit.objects.filter(pk=into.pk).update(parent=leaving.parent_id)
        leaving.retired_on, leaving.merged_into = day, into
        leaving.save(update_fields=["retired_on", "merged_into"])
    locked.done_at, locked.problem = now, ""
    locked.save(update_fields=["done_at", "problem"])
    log.record(
        action="unitchange.done",
        subject=locked,
        summary=f"单位{locked.get_kind_display()}生效：{locked}",
        changes={**moved, "starts_on": day},
        now=now,
    )


def _refuse(
    kind: str, leaving: Unit, into: Unit, tasks: Sequence[int], people: Sequence[int]
) -> None:
    if leaving.pk == into.pk:
        raise NotNow(SELF)
    for unit in (leaving, into):
        if unit.retired_on is not None:
            raise NotNow(GONE.format(unit=unit))
        # what another unit is to hand on to `leaving` would arrive when that is gone
        change = to_come(unit) or (coming_to(unit).first() if unit == leaving else None)
        if change is not None:
            day = f"{change.starts_on:%Y-%m-%d}"
            raise NotNow(PLANNED.format(unit=unit, change=change, day=day))
    if kind == UnitChangeKind.SPLIT and not tasks and not people:
        raise NotNow(NOTHING)


def _held(unit: Unit, day: date) -> list[Responsibility]:
    rows = Responsibility.objects.not_over(day).filter(unit=unit)
    rows = rows.exclude(task__plan__state=PlanState.ARCHIVED)
    return list(rows.select_related("task__plan").order_by("task", "starts_on"))


def _pass_on(row: Responsibility, into: Unit, day: date) -> list[object]:
    """The stronger of two roles stays, and 汇总牵头 of either. What is told is item and role."""
    own = Responsibility.objects.not_over(day).filter(task=row.task, unit=into).first()
    role, is_primary = row.role, row.is_primary
    if own is not None:
        role = max(row.role, own.role, key=lambda each: RANK[ResponsibilityRole(each)])
        is_primary = row.is_primary or own.is_primary
        if (own.role, own.is_primary) == (role, is_primary):
            move_responsibility(row.task, Move(leaving=row.unit), day)
            if role in LEADING:  # its numbers and steps are the other's now, not 汇总牵头's
                Responsibility.objects.filter(pk=row.pk).update(followed_by=own)
            return [row.task_id, role]
    move = Move(leaving=row.unit, unit=into, role=role, becomes_primary=is_primary)
    move_responsibility(row.task, move, day)
    return [row.task_id, role]


def _take_open_filings(held: Sequence[Responsibility], into: Unit, day: date) -> list[object]:
    """What was not accepted yet of periods that collect is `into`'s to file: the people who would
    have filed it are there now. Returns the reports.
    """
    rows = Responsibility.objects.not_over(day).filter(unit=into)
    heirs = {row.task_id: row for row in rows.order_by("starts_on")}
    open_ones = ProgressReport.objects.filter(
        responsibility__in=held, period__state=PeriodState.COLLECTING
    ).exclude(state=ReportState.ACCEPTED)
    taken: list[object] = []
    for report in open_ones.select_related("responsibility"):
        heir = heirs[report.responsibility.task_id]
        if not ProgressReport.objects.filter(period=report.period, responsibility=heir).exists():
            report.responsibility = heir
            report.save(update_fields=["responsibility"])
            taken.append(report.pk)
        elif not report.versions.exists():  # `into` files on the item as it is
            report.delete()
    return taken


def _appoint(held: Appointment, into: Unit, day: date) -> list[object]:
    """The person goes on in the other unit, in the same role, unless that is so already."""
    there = Appointment.objects.not_over(day).filter(user=held.user, role=held.role, unit=into)
    ends_on, goes_on = held.ends_on, not there.exists()
    if goes_on and held.starts_on >= day:  # begun since: others may refer to it
        held.unit = into
        held.save(update_fields=["unit"])
        return [held.user_id, held.role]
    _end_before(held, day)
    if goes_on:
        Appointment.objects.create(
            user=held.user,
            role=held.role,
            unit=into,
            post=held.post,
            is_head=held.is_head,
            stands_in_for=held.stands_in_for,
            starts_on=day,
            ends_on=ends_on,
        )
    return [held.user_id, held.role]


def _join_groups(leaving: Unit, into: Unit, day: date) -> None:
    for row in UnitGroupMember.objects.not_over(day).filter(unit=leaving):
        there = UnitGroupMember.objects.not_over(day).filter(group=row.group, unit=into)
        _end_before(row, day)
        if not there.exists():
            UnitGroupMember.objects.create(group=row.group, unit=into, starts_on=day)


def _take_portfolios(leaving: Unit, into: Unit, day: date) -> None:
    for row in Portfolio.objects.not_over(day).filter(unit=leaving):
        there = Portfolio.objects.not_over(day).filter(unit=into, kind=row.kind)
        _end_before(row, day)
        if not there.exists():
            Portfolio.objects.create(post=row.post, kind=row.kind, unit=into, starts_on=day)


def _take_open_work(
    leaving: Unit, into: Unit, tasks: set[int] | None, today: date
) -> dict[str, list[Any]]:
    """Matters that change hands at once; of a split (`tasks`) only those of its items. Returns
    what they are, for the log.
    """
    held = InstructionUnit.objects.open_ended().filter(
        unit=leaving, instruction__in=open_instructions()
    )
    orders = open_orders().filter(unit=leaving)
    asked = SupportRequest.objects.filter(unit=leaving, state=SupportState.ASKED)
    if tasks is not None:
        held = held.filter(instruction__tasks__in=tasks).distinct()
        orders = orders.filter(task__in=tasks)
        asked = asked.filter(report__responsibility__task__in=tasks)
    there = SupportRequest.objects.filter(unit=into, state=SupportState.ASKED)
    asked = asked.exclude(report__in=list(there.values_list("report", flat=True)))
    moved: dict[str, list[Any]] = {
        "instructions": [row.instruction_id for row in held],
        "orders": list(orders.values_list("pk", flat=True)),
        "support_requests": list(asked.values_list("pk", flat=True)),
    }
    for row in list(held):
        _hand_over(row, into, today)
    SupervisionOrder.objects.filter(pk__in=moved["orders"]).update(unit=into)
    SupportRequest.objects.filter(pk__in=moved["support_requests"]).update(unit=into)
    return moved


def _hand_over(row: InstructionUnit, into: Unit, today: date) -> None:
    row.ends_on = max(row.starts_on, today)
    row.save(update_fields=["ends_on"])
    open_rows = InstructionUnit.objects.open_ended().filter(instruction=row.instruction)
    own = open_rows.filter(unit=into).first()
    if own is None:
        InstructionUnit.objects.create(
            instruction=row.instruction, unit=into, role=row.role, starts_on=today
        )
    elif own.role != row.role and row.role == "lead":
        own.ends_on = max(own.starts_on, today)
        own.save(update_fields=["ends_on"])
        InstructionUnit.objects.create(
            instruction=row.instruction, unit=into, role=row.role, starts_on=today
        )


def _end_before(row: Dated, day: date) -> None:
    """It holds no longer on `day`; one that would only begin then never does."""
    if row.starts_on >= day:
        try:
            row.delete()
        except ProtectedError:
            raise NotNow(IN_USE.format(row=row, day=f"{day:%Y-%m-%d}")) from None
        return
    row.ends_on = day - ONE_DAY
    row.save(update_fields=["ends_on"])


def counted(leaving: Unit, into: Unit | None, day: date) -> Iterable[tuple[str, int, str]]:
    """What a merger would pass on: word, how many, how; for the page before it is registered."""
    held = _held(leaving, day)
    both = 0
    if into is not None:
        theirs = Responsibility.objects.not_over(day).filter(unit=into)
        both = theirs.filter(task__in=[row.task_id for row in held]).count()
    how = f"{both}项两家都有，取较强的责任" if both else "由承接单位接替"
    yield "在办责任", len(held), how
    people = Appointment.objects.not_over(day).filter(unit=leaving).count()
    yield "人员", people, "任职转到承接单位，原任职止于前一日"
    matters = InstructionUnit.objects.open_ended().filter(
        unit=leaving, instruction__in=open_instructions()
    )
    orders = open_orders().filter(unit=leaving)
    yield "交办事项和督办单", matters.count() + orders.count(), "由承接单位办理"
    groups = UnitGroupMember.objects.not_over(day).filter(unit=leaving).count()
    yield "集合称谓", groups, "承接单位成为成员"
