"""签收: each unit receives what it answers for, by whom and when; and says who inside answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Q

from tasks.holders.permissions import can_hold, can_keep_contacts
from tasks.models import Plan, PlanState, Responsibility, ResponsibilityRole, Visibility
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.models import Unit
from units.models.dated import DatedQuerySet
from units.permissions import require

CONTACTS = ("leader_name", "section", "contact_name", "telephone")


def held_by(plan: Plan, unit: Unit | None, day: date) -> DatedQuerySet:
    """What a unit answers for on `day` and may see: as numbered."""
    return receivable(plan, day).filter(unit=unit)


def receivable(plan: Plan, day: date) -> DatedQuerySet:
    """Supports of restricted items do not see the item, and so do not receive it."""
    unseen = Q(role=ResponsibilityRole.SUPPORT, task__visibility=Visibility.RESTRICTED)
    held = Responsibility.objects.on(day).filter(task__plan=plan).exclude(unseen)
    return held.select_related("task__plan", "unit", "received_by").order_by(
        "task__kind", "task__number", "pk"
    )


def receive(*, responsibility: Responsibility, actor: Actor, now: datetime) -> Responsibility:
    """签收 one item. Raises `NotNow` when it is received already, or the year is not on."""
    with transaction.atomic():
        held = Responsibility.objects.select_for_update(of=("self",))
        locked: Responsibility = held.select_related("task__plan", "unit").get(pk=responsibility.pk)
        require(can_hold(actor, locked))
        _require_open(locked.task.plan)
        if locked.received_at is not None:
            raise NotNow(f"{locked.task}已经签收。")
        _mark(locked, actor, now)
    return locked


def receive_all(*, plan: Plan, actor: Actor, now: datetime) -> int:
    """签收 everything of the actor's unit that is still open; returns how many.

    One act of one person: one entry in the log, which names every item.
    """
    with transaction.atomic():
        mine = held_by(plan, actor.unit, now.date()).filter(received_at=None)
        waiting = list(mine.select_for_update(of=("self",)))
        if not waiting:
            return 0
        require(can_hold(actor, waiting[0]))
        _require_open(plan)
        for held in waiting:
            held.received_at, held.received_by = now, actor.user
        Responsibility.objects.bulk_update(waiting, ["received_at", "received_by"])
        log.record(
            actor=actor,
            action="responsibility.receive",
            subject=actor.unit,
            summary=f"签收：{actor.unit} {len(waiting)}项",
            changes={"responsibilities": {str(each.pk): each.task.code for each in waiting}},
            now=now,
        )
    return len(waiting)


def _require_open(plan: Plan) -> None:
    if plan.state != PlanState.ACTIVE:
        raise NotNow(f"{plan.year}年度责任分解{plan.get_state_display()}，不能签收。")


def _mark(held: Responsibility, actor: Actor, now: datetime) -> None:
    held.received_at, held.received_by = now, actor.user
    held.save(update_fields=["received_at", "received_by"])
    log.record(
        actor=actor,
        action="responsibility.receive",
        subject=held,
        summary=f"签收：{held}",
        now=now,
    )


def set_contacts(
    *,
    responsibility: Responsibility,
    contacts: Mapping[str, str],
    actor: Actor,
    now: datetime,
    taken_from: int | None = None,
) -> tuple[str, ...]:
    """责任领导, 科室, 责任人, 电话, as of today; returns the fields that changed. `taken_from`: the
    year whose they are.
    """
    with transaction.atomic():
        held = Responsibility.objects.select_for_update(of=("self",))
        locked: Responsibility = held.select_related("task", "unit").get(pk=responsibility.pk)
        require(can_keep_contacts(actor, locked))
        old = {name: getattr(locked, name) for name in CONTACTS}
        changed = tuple(name for name in CONTACTS if contacts.get(name, old[name]) != old[name])
        if not changed:
            return ()
        for name in changed:
            setattr(locked, name, contacts[name])
        locked.contacts_on, locked.contacts_from = now.date(), taken_from
        locked.save(update_fields=[*changed, "contacts_on", "contacts_from"])
        log.record(
            actor=actor,
            action="responsibility.contacts",
            subject=locked,
            summary=f"更新联系信息：{locked}",
            changes={name: [old[name], contacts[name]] for name in changed},
            now=now,
        )
    return changed


@dataclass(frozen=True)
class UnitReceipt:
    """How far one unit has come; `waiting` are those not received, as numbered."""

    unit: Unit
    total: int
    waiting: list[Responsibility]

    @property
    def received(self) -> int:
        return self.total - len(self.waiting)


def receipts_of(plan: Plan, day: date) -> list[UnitReceipt]:
    """Every unit that answers for something: who has not received stands first, the most first."""
    counted = receivable(plan, day).order_by().values("unit").annotate(total=Count("pk"))
    totals = {row["unit"]: row["total"] for row in counted}
    waiting: dict[int, list[Responsibility]] = {pk: [] for pk in totals}
    for held in receivable(plan, day).filter(received_at=None):
        waiting[held.unit_id].append(held)
    units = Unit.objects.filter(pk__in=totals)
    found = [UnitReceipt(unit, totals[unit.pk], waiting[unit.pk]) for unit in units]
    return sorted(found, key=lambda receipt: -len(receipt.waiting))
