"""The verbs of 年度衔接: by the office, one transaction for what was ticked, every line logged."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from progress.models import TurnAnswer, TurnAnswerKind
from progress.turn.lines import CONTACTS, Line, kinds_of
from progress.turn.pairs import predecessor
from tasks.changing.cycles import set_cycle
from tasks.holders.receipts import set_contacts
from tasks.intake.baselines import set_baseline
from tasks.models import Naming, Plan, PlanRule, Portfolio, Task
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.permissions import can_run_the_year, require

ONE_DAY = timedelta(days=1)
FROM = "由{year}年沿用"


@transaction.atomic
def confirm(*, plan: Plan, chosen: Mapping[int, int], actor: Actor, now: datetime) -> int:
    """`chosen`: item of the new year → item of the year before that it continues, as somebody has
    looked at them. Returns how many are new; what is none of the two years' is refused, and an
    item of the year before that two of the new one would continue.
    """
    require(can_run_the_year(actor))
    earlier = _earlier(plan)
    tasks = {each.pk: each for each in plan.tasks.select_for_update(of=("self",))}
    before = {each.pk: each for each in earlier.tasks.all()}
    if not (chosen.keys() <= tasks.keys() and set(chosen.values()) <= before.keys()):
        raise NotNow("所选事项不在这两个年度之中，请刷新页面。")
    taken = {each.carried_from_id: each for each in tasks.values()}
    _answers(plan, earlier).filter(old__in=chosen.values(), new=None).delete()
    given: dict[int, Task] = {}
    count = 0
    for pk, of in chosen.items():
        task = tasks[pk]
        if (twin := given.setdefault(of, task)) is not task:
            raise NotNow(
                f"{earlier.year}年{before[of].code}同时选给了{twin.code}和{task.code}，请只保留一项。"
            )
        if task.carried_from_id == of:
            continue
        if task.carried_from_id is not None:
            raise NotNow(f"{task.code}已确认承接另一项，请先取消。")
        if of in taken:
            raise NotNow(f"{earlier.year}年{before[of].code}已由{taken[of].code}承接，请先取消。")
        _carried(task, before[of], f"确认衔接：{task}承接{earlier.year}年{before[of]}", actor, now)
        count += 1
    return count


@transaction.atomic
def say(
    *, plan: Plan, old: Task, kind: str, news: Collection[int] = (), actor: Actor, now: datetime
) -> int:
    """不是同一项 as any of `news`, or 继续跟踪, or 不再列入; returns how many answers are new."""
    require(can_run_the_year(actor))
    earlier = _earlier(plan)
    Task.objects.select_for_update(of=("self",)).get(pk=old.pk)
    if old.plan_id != earlier.pk:
        raise NotNow("所选事项不在这两个年度之中，请刷新页面。")
    if plan.tasks.filter(carried_from=old).exists():
        raise NotNow(f"{old.code}已确认衔接，请先取消。")
    if kind != TurnAnswerKind.NOT_SAME:
        _answers(plan, earlier).filter(old=old, new=None).delete()
    found = list(plan.tasks.filter(pk__in=news)) if kind == TurnAnswerKind.NOT_SAME else [None]
    count = 0
    for new in found:
        row, is_new = TurnAnswer.objects.get_or_create(
            plan=plan, old=old, new=new,
            defaults={"kind": kind, "said_by_name": actor.name, "said_at": now},
        )  # fmt: skip
        count += is_new
        if is_new:
            _said(row, f"年度衔接：{earlier.year}年{row}", new, actor, now)
    return count


@transaction.atomic
def take_back_answer(*, answer: TurnAnswer, actor: Actor, now: datetime) -> None:
    """改: the item is asked for again."""
    require(can_run_the_year(actor))
    _said(answer, f"取消年度衔接答复：{answer}", answer.new, actor, now)
    answer.delete()


def _answers(plan: Plan, earlier: Plan) -> QuerySet[TurnAnswer]:
    return TurnAnswer.objects.filter(plan=plan, old__plan=earlier)


def _said(answer: TurnAnswer, words: str, new: Task | None, actor: Actor, now: datetime) -> None:
    log.record(
        actor=actor,
        action="task.turn_answer",
        subject=answer.old,
        summary=f"{words}（{new}）" if new is not None else words,
        changes={"kind": answer.kind, "new": answer.new_id},
        now=now,
    )


@transaction.atomic
def take_back(*, task: Task, actor: Actor, now: datetime) -> Task:
    """取消 what was confirmed; what was carried over by it stays until it is changed itself."""
    require(can_run_the_year(actor))
    locked = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if locked.carried_from_id is not None:
        _carried(locked, None, f"取消衔接：{locked}", actor, now)
    return locked


def _carried(task: Task, before: Task | None, said: str, actor: Actor, now: datetime) -> None:
    was, task.carried_from = task.carried_from_id, before
    task.save(update_fields=["carried_from"])
    log.record(
        actor=actor,
        action="task.carried_from",
        subject=task,
        summary=said,
        changes={"carried_from": [was, task.carried_from_id]},
        now=now,
    )


@transaction.atomic
def carry(*, plan: Plan, keys: Collection[str], actor: Actor, now: datetime) -> int:
    """沿用 the lines that were ticked, as they are offered at this moment; returns how many."""
    require(can_run_the_year(actor))
    Plan.objects.select_for_update().get(pk=plan.pk)  # two at once would find the same missing
    earlier = _earlier(plan)
    count = 0
    for kind in kinds_of(plan, earlier, now.date()):
        for line in kind.lines:
            if line.key in keys:
                WRITERS[kind.key](plan, earlier, line, actor, now)
                count += 1
    if not count:
        raise NotNow("没有可以沿用的，请勾选后再试。")
    return count


def _earlier(plan: Plan) -> Plan:
    earlier = predecessor(plan)
    if earlier is None:
        raise NotNow("没有上一年度，不必衔接。")
    return earlier


def _portfolio(plan: Plan, earlier: Plan, line: Line, actor: Actor, now: datetime) -> None:
    old: Portfolio = line.old
    made = Portfolio.objects.create(
        post=old.post,
        kind=old.kind,
        task=line.new,
        starts_on=max(plan.issued_on, now.date()),
        taken_from=earlier.year,
    )
    _log("portfolio.carry", made, f"{made.post} {line.new}", earlier, actor, now)


def _contacts(plan: Plan, earlier: Plan, line: Line, actor: Actor, now: datetime) -> None:
    contacts = {name: getattr(line.old, name) for name in CONTACTS}
    set_contacts(
        responsibility=line.new, contacts=contacts, actor=actor, now=now, taken_from=earlier.year
    )


def _naming(plan: Plan, earlier: Plan, line: Line, actor: Actor, now: datetime) -> None:
    """As a proposal: the unit confirms or objects, as it would to that of a 办理方案."""
    made = Naming.objects.create(
        designation=line.new,
        unit=line.old.unit,
        starts_on=now.date(),
        proposed_by_name=FROM.format(year=earlier.year),
        proposed_at=now,
    )
    _log("naming.carry", made, f"{line.new.task} {made}", earlier, actor, now)


def _baseline(plan: Plan, earlier: Plan, line: Line, actor: Actor, now: datetime) -> None:
    set_baseline(
        indicator=line.new, baseline=line.old, actor=actor, now=now, taken_from=earlier.year
    )


def _habit(plan: Plan, earlier: Plan, line: Line, actor: Actor, now: datetime) -> None:
    """报送频次 of an item, or a rule of the plan."""
    if isinstance(line.new, Task):
        reason = FROM.format(year=earlier.year)
        set_cycle(task=line.new, cycle=line.old, reason=reason, actor=actor, now=now)
    else:
        _rule(plan, earlier, line, actor, now)


def _rule(plan: Plan, earlier: Plan, line: Line, actor: Actor, now: datetime) -> None:
    old: PlanRule = line.old
    starts_on = max(plan.issued_on, now.date() + ONE_DAY)
    made = PlanRule.objects.create(
        plan=plan, key=old.key, value=old.value, starts_on=starts_on, taken_from=earlier.year
    )
    _log("planrule.carry", made, line.about, earlier, actor, now)


def _log(
    action: str,
    made: Portfolio | Naming | PlanRule,
    what: str,
    earlier: Plan,
    actor: Actor,
    now: datetime,
) -> None:
    log.record(
        actor=actor,
        action=action,
        subject=made,
        summary=f"{FROM.format(year=earlier.year)}：{what}",
        changes={"starts_on": made.starts_on},
        now=now,
    )


Writer = Callable[[Plan, Plan, Line, Actor, datetime], None]
WRITERS: dict[str, Writer] = {
    "officers": _portfolio,
    "posts": _portfolio,
    "contacts": _contacts,
    "namings": _naming,
    "baselines": _baseline,
    "rules": _habit,
}
