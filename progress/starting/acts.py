"""启用 of a draft, and what is done afterwards about what was left open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from progress.finalizing.workflow import PERIODS
from progress.periods.beginning import begun
from progress.periods.opening import make_periods, open_due_periods, specs_of
from progress.starting.page import StartPage, page_of_start
from tasks import workflow
from tasks.desk.content import content_of
from tasks.desk.correcting import DeskItem
from tasks.desk.permissions import can_correct
from tasks.desk.proof import in_words
from tasks.desk.workflow import DRAFTS
from tasks.intake.plan import NotImportable, create_plan
from tasks.models import LeftOpen, NoticeDraft, Plan, PlanState
from tasks.reader.parsed import ParsedItem
from tasks.reader.reading import Doubt
from units import log
from units.actors import Actor
from units.calendar.workdays import overrides
from units.errors import NotNow
from units.permissions import can_run_the_year, require

CHANGED = "这份草稿刚刚被更正过，请看过现在的检查结果，再启用。"
IS_SUPPLEMENT = "这是补充文件，请与现行事项对照后并入。"
NOT_OFFERED = "可以选择的开始报送办法已变化，请看过后再启用。"
SENTENCE_LENGTH = 300


@transaction.atomic
def start(
    *,
    draft: NoticeDraft,
    seen: str,
    beginning: str,
    due_on: date | None,
    actor: Actor,
    now: datetime,
) -> Plan:
    """启用: the plan, its periods and what is owed, all or nothing.

    `seen` as the page had it. Raises `NotNow` with what refuses it.
    """
    locked = NoticeDraft.objects.select_for_update().get(pk=draft.pk)
    require(can_correct(actor, locked))
    if locked.supplements_id is not None:
        raise NotNow(IS_SUPPLEMENT)
    page = page_of_start(content_of(locked), now.date())
    _refuse(page, seen, beginning)
    plan = _written(page, now)
    periods = _begin(plan, beginning, due_on, actor, now)
    _leave_open(plan, page)
    plan = workflow.activate(plan=plan, actor=actor, now=now)

    def stamp(row: NoticeDraft) -> Iterable[str]:
        row.plan, row.ended_at, row.ended_by_name = plan, now, actor.name
        row.title, row.year = plan.title, plan.year
        row.proof = page.checked.proof.to_json()
        return ("plan", "ended_at", "ended_by_name", "title", "year", "proof")

    DRAFTS.perform("activate", locked, actor=actor, now=now, stamp=stamp, details={**periods})
    open_due_periods(plan, now.date())
    return plan


def _refuse(page: StartPage, seen: str, beginning: str) -> None:
    if blocking := page.checked.blocking:
        raise NotNow("".join(f"{each.title}。" for each in blocking))
    if seen != page.seen:
        raise NotNow(CHANGED)
    if page.values and beginning not in page.values:
        raise NotNow(NOT_OFFERED)


def _written(page: StartPage, now: datetime) -> Plan:
    content = page.content
    aside = {(each.item.kind, each.item.number): each.aside for each in content.items if each.aside}
    try:
        return create_plan(
            notice=content.notice(),
            source_text=content.reading.source.text,
            state=PlanState.DRAFT,
            now=now,
            series=content.series,
            aside=aside,
        )
    except NotImportable as refusal:
        raise NotNow(str(refusal)) from None


def _begin(
    plan: Plan, beginning: str, due_on: date | None, actor: Actor, now: datetime
) -> dict[str, list[str]]:
    """Make the periods; which of them are 启用前 or have other days, for the log."""
    days = overrides()
    wanted = begun(specs_of(plan.year, days), beginning, now.date(), days, due_on)
    before = [each.spec.code for each in wanted if each.is_before]
    made = make_periods(plan, wanted)
    for period in made:
        if period.code in before:
            PERIODS.perform("leave_out", period, actor=actor, now=now)
    return {
        "before": before,
        "moved": [f"{each.code} {each.due_on}" for each in made if each.note],
    }


def _leave_open(plan: Plan, page: StartPage) -> None:
    """What nobody answered; the rest of 遗留 follows from the plan itself."""
    tasks = {(each.kind, each.number): each for each in plan.tasks.all()}
    rows = []
    for doubt in page.checked.open:
        if doubt.kind == "head":
            continue  # 文号: the plan says so itself
        item = _item_of(doubt, page.content.items)
        task = tasks[item.kind, item.number] if item is not None else None
        sentence = in_words(doubt)[:SENTENCE_LENGTH]
        rows.append(
            LeftOpen(plan=plan, task=task, sentence=sentence, text=doubt.text, name=_name_in(doubt))
        )
    LeftOpen.objects.bulk_create(rows)


def _item_of(doubt: Doubt, items: Sequence[DeskItem]) -> ParsedItem | None:
    """The item that it is about; a name is about the item that has it, if that is only one."""
    if doubt.item is not None:
        return items[doubt.item].item
    name = _name_in(doubt)
    naming = [
        each.item
        for each in items
        if name and any(one.printed_name == name for one in each.item.designations)
    ]
    return naming[0] if len(naming) == 1 else None


def _name_in(doubt: Doubt) -> str:
    """The name that it is about, where it is about one."""
    return doubt.key.partition("@")[2] if doubt.kind == "unknown_unit" else ""


@transaction.atomic
def solve(*, question: LeftOpen, solution: str, actor: Actor, now: datetime) -> LeftOpen:
    """Say what came of a question. Raises `NotNow` where somebody has said so before."""
    require(can_run_the_year(actor))
    locked = LeftOpen.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if locked.solved_at is not None:
        raise NotNow(f"{locked.solved_by_name}已处理：{locked.solution}。")
    locked.solution, locked.solved_at, locked.solved_by_name = solution, now, actor.name
    locked.save(update_fields=["solution", "solved_at", "solved_by_name"])
    log.record(
        actor=actor,
        action="leftopen.solve",
        subject=locked,
        summary=f"处理启用时遗留：{locked}",
        reason=solution,
        now=now,
    )
    return locked


@transaction.atomic
def give_number(*, plan: Plan, document_number: str, actor: Actor, now: datetime) -> Plan:
    """补登文号 of a year that was switched on without one."""
    require(can_run_the_year(actor))
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    if locked.document_number:
        raise NotNow(f"文号已登记为{locked.document_number}。")
    locked.document_number = document_number
    locked.save(update_fields=["document_number"])
    log.record(
        actor=actor,
        action="plan.number",
        subject=locked,
        summary=f"补登文号：{locked}",
        changes={"document_number": ["", document_number]},
        now=now,
    )
    return locked
