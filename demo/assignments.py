"""Receipt, contacts, 办理方案 and namings of the sample year, made as people make them.

What `targets` planned is what the accepted plans plan: no light changes by them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from demo.acts import HEAD, REVIEWER
from demo.book import Book
from demo.goals import key_of
from demo.times import moment
from tasks.action_plans import acts as action_plans
from tasks.action_plans.checks import objections
from tasks.action_plans.drafting import action_plan_of, draft_of, edit
from tasks.action_plans.outline import Outline
from tasks.action_plans.straight_line import filled
from tasks.holders.receipts import receive_all, set_contacts
from tasks.models import ActionPlan, Designation, Naming, Responsibility, Task
from tasks.naming.acts import confirm, name_unit, object_to
from tasks.naming.modes import OPEN_MODES
from units.actors import Actor
from units.models import Unit

At = Callable[[datetime, Callable[[datetime], object]], None]
RECEIVED_ON, PLANNED_ON, DECIDED_ON = date(2022, 2, 22), date(2022, 2, 23), date(2022, 2, 24)
REVISED_ON, ANSWERED_ON = date(2022, 7, 19), date(2022, 7, 20)
# The office's list is not empty: these have not received yet.
NOT_RECEIVED = ("市残联", "黄石海关", "人行黄石市中心支行")
# 办理方案 that are not through: waiting for the office, for the head of the unit, returned, begun.
WAITING, TO_SIGN, RETURNED, BEGUN = "k18", "k27", "k34", "k21"
# Its plan was revised in July to name two units, of which one objects.
NAMING_ITEM, CONFIRMING, OBJECTING = "k24", "市财政局", "市司法局"
NAMED_BY_OFFICE, NAMED_UNIT = "k5", "市商务局"


def lay_out(book: Book, at: At) -> None:
    """Put them into the walk."""
    for place, unit in enumerate(Unit.objects.exclude(name__in=NOT_RECEIVED)):
        at(moment(RECEIVED_ON, 9 + place // 30, place % 30), partial(_receive, book, unit))
    items = {key_of(task): task for task in book.tasks.values()}
    planned = [task for task in items.values() if _is_planned(task)]
    for place, task in enumerate(planned):
        at(moment(PLANNED_ON, 9, place), partial(_send, book, task))
        at(moment(PLANNED_ON, 15, place), partial(_sign, book, task))
        at(moment(DECIDED_ON, 9, place), partial(_accept, book, task))
    for place, item in enumerate((WAITING, TO_SIGN, RETURNED, BEGUN)):
        at(moment(REVISED_ON, 9, place), partial(_begin, book, items[item]))
    at(moment(REVISED_ON, 10), partial(_send, book, items[WAITING]))
    at(moment(REVISED_ON, 10, 1), partial(_send, book, items[TO_SIGN]))
    at(moment(REVISED_ON, 10, 2), partial(_send, book, items[RETURNED]))
    at(moment(REVISED_ON, 15), partial(_sign, book, items[WAITING]))
    at(moment(REVISED_ON, 15, 1), partial(_sign, book, items[RETURNED]))
    at(moment(REVISED_ON, 16), partial(_return, book, items[RETURNED]))
    at(moment(REVISED_ON, 16, 10), partial(_ask_units, book, items[NAMING_ITEM]))
    at(moment(ANSWERED_ON, 9), partial(_answer, book, items[NAMING_ITEM]))
    at(moment(ANSWERED_ON, 10), partial(_name, book, items[NAMED_BY_OFFICE]))


def _is_planned(task: Task) -> bool:
    """Whether `targets` wrote a plan that could be sent as it stands."""
    has_rows = task.milestones.all() or any(each.plans.all() for each in task.indicators.all())
    if not has_rows:
        return False
    content = draft_of(action_plan_of(task, PLANNED_ON))
    return not objections(Outline(task, PLANNED_ON), content)


def _writer(book: Book, task: Task) -> Actor:
    return book.people[f"{book.leaders[task.pk]} 联络员"]


def _signer(book: Book, task: Task) -> Actor | None:
    return book.people.get(f"{book.leaders[task.pk]} 负责人")


def _plan(task: Task) -> ActionPlan:
    return action_plan_of(task, PLANNED_ON)


def _receive(book: Book, unit: Unit, now: datetime) -> None:
    actor = book.reporter(unit)
    receive_all(plan=book.plan, actor=actor, now=now)
    primary = Responsibility.objects.filter(unit=unit, is_primary=True).first()
    if primary is not None:
        contacts = {
            "leader_name": "分管负责人（示例）",
            "section": "业务科室（示例）",
            "contact_name": "经办人（示例）",
            "telephone": "0714-0000000",
        }
        set_contacts(responsibility=primary, contacts=contacts, actor=actor, now=now)


def _begin(book: Book, task: Task, now: datetime) -> None:
    outline = Outline(task, now.date())
    edit(
        action_plan=_plan(task),
        change=lambda content: filled(outline, content),
        actor=_writer(book, task),
        now=now,
    )


def _send(book: Book, task: Task, now: datetime) -> None:
    action_plans.submit(action_plan=_plan(task), actor=_writer(book, task), now=now)


def _sign(book: Book, task: Task, now: datetime) -> None:
    signer = _signer(book, task)
    if signer is not None:
        action_plans.sign(action_plan=_plan(task), actor=signer, now=now)
        return
    reason = "（示例）单位负责人暂缺，经电话报告同意后报送。"
    office = book.people[HEAD]
    action_plans.send_unsigned(action_plan=_plan(task), reason=reason, actor=office, now=now)


def _accept(book: Book, task: Task, now: datetime) -> None:
    action_plans.accept(
        action_plan=_plan(task),
        actor=book.people[REVIEWER],
        now=now,
        open_reason="（示例）项目由业主分期推进，年内以文字说明进展。",
    )


def _return(book: Book, task: Task, now: datetime) -> None:
    action_plans.return_to_unit(
        action_plan=_plan(task),
        reason="（示例）请按项目实际进度安排各月计划值，不宜平均分配。",
        actor=book.people[REVIEWER],
        now=now,
    )


def _open_designation(task: Task) -> Designation | None:
    return Designation.objects.filter(task=task, group__mode__in=OPEN_MODES).first()


def _ask_units(book: Book, task: Task, now: datetime) -> None:
    """A revision that names the units it needs, accepted the same day."""
    designation = _open_designation(task)
    if designation is None:
        return
    ids = [Unit.objects.get(name=name).pk for name in (CONFIRMING, OBJECTING)]
    writer = _writer(book, task)
    action_plans.revise(action_plan=_plan(task), actor=writer, now=now)
    edit(
        action_plan=_plan(task),
        change=lambda content: content.with_needs(designation.pk, ids),
        actor=writer,
        now=now,
    )
    _send(book, task, now)
    _sign(book, task, now)
    _accept(book, task, now)


def _answer(book: Book, task: Task, now: datetime) -> None:
    for naming in Naming.objects.filter(designation__task=task, state="proposed"):
        assert naming.unit is not None
        actor = book.reporter(naming.unit)
        if naming.unit.name == CONFIRMING:
            confirm(naming=naming, actor=actor, now=now)
        elif naming.unit.name == OBJECTING:
            reason = "（示例）此项不涉及本单位职责，建议由业务主管部门参加。"
            object_to(naming=naming, reason=reason, actor=actor, now=now)


def _name(book: Book, task: Task, now: datetime) -> None:
    designation = _open_designation(task)
    if designation is not None:
        name_unit(
            designation=designation,
            unit=Unit.objects.get(name=NAMED_UNIT),
            starts_on=now.date(),
            reason="（示例）牵头单位来函商定。",
            actor=book.people[HEAD],
            now=now,
        )
