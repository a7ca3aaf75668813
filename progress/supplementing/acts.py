"""并入: what was chosen of a supplement becomes decisions, all or nothing; nothing is rewritten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from progress.adjustments.acts import register_at_once
from progress.models import AdjustmentKind
from progress.supplementing.facts import INDICATOR, WORDS, Fact, new_indicators
from progress.supplementing.page import ADD, LEAVE, WITHDRAW, Row, SupplementPage
from tasks.changing.added_indicators import add_indicators
from tasks.changing.added_items import NewItem, add_item
from tasks.changing.authority import Decision
from tasks.changing.changes import mend_wording
from tasks.desk.open_doubts import open_doubts
from tasks.desk.permissions import can_correct
from tasks.desk.proof import proof_of
from tasks.desk.workflow import DRAFTS
from tasks.models import NoticeDraft, Plan, PlanState, Task
from units.actors import Actor
from units.errors import NotNow
from units.files.approvals import new_approval
from units.permissions import require

CHANGED = "这份草稿刚刚被更正过，请看过现在的对照，再并入。"
NOTHING = "没有选择要采用的内容。"
NOT_RUNNING = "《{plan}》没有在执行，不能并入补充文件。"


@dataclass(frozen=True)
class Taken:
    """How many items were added, changed and suspended."""

    added: int
    changed: int
    withdrawn: int

    def __str__(self) -> str:
        words = ("新增", self.added), ("变更", self.changed), ("中止", self.withdrawn)
        return "，".join(f"{word}{count}项" for word, count in words if count)


@transaction.atomic
def take_over(
    *,
    page: SupplementPage,
    seen: str,
    decision: Decision,
    starts_on: date,
    actor: Actor,
    now: datetime,
) -> Taken:
    """`page` with what was chosen on it, `seen` as it was shown. Raises `NotNow` with the item that
    cannot be taken over.
    """
    draft = NoticeDraft.objects.select_for_update(of=("self",)).get(pk=page.content.draft.pk)
    require(can_correct(actor, draft))
    plan = Plan.objects.select_for_update().get(pk=page.plan.pk)
    if plan.state != PlanState.ACTIVE:
        raise NotNow(NOT_RUNNING.format(plan=plan.title))
    if page.blocking:
        raise NotNow(page.blocking[0])
    if seen != page.seen:
        raise NotNow(CHANGED)
    work = _Work(plan, decision, starts_on, actor, now)
    done = Counter(what for row in page.rows if (what := work.carry_out(row)))
    if not done:
        raise NotNow(NOTHING)
    proof = proof_of(page.content, open_doubts(page.content))

    def stamp(row: NoticeDraft) -> Iterable[str]:
        row.ended_at, row.ended_by_name, row.proof = now, actor.name, proof.to_json()
        return ("ended_at", "ended_by_name", "proof")

    details = {"plan": plan.slug, **done}
    DRAFTS.perform("take", draft, actor=actor, now=now, stamp=stamp, details=details)
    return Taken(done[ADD], done["change"], done[WITHDRAW])


class _Work:
    def __init__(
        self, plan: Plan, decision: Decision, starts_on: date, actor: Actor, now: datetime
    ) -> None:
        self.plan, self.decision, self.starts_on = plan, decision, starts_on
        self.actor, self.now = actor, now
        self.reason = f"补充文件：{decision.authority}"

    def carry_out(self, row: Row) -> str:
        """What was done; "" where nothing was."""
        try:
            if row.what == LEAVE:
                return ""
            if row.what == ADD:
                self._add(row)
                return ADD
            assert row.task is not None
            if row.what == WITHDRAW:
                self._adjust(row.task, AdjustmentKind.SUSPENSION, {})
                return WITHDRAW
            for fact in row.chosen:
                self._take(row.task, fact)
            return "change" if row.chosen else ""
        except NotNow as refusal:
            raise NotNow(f"补充文件第{row.each.item.number}项：{refusal}") from None

    def _add(self, row: Row) -> None:
        item = row.each.item
        assert row.area is not None
        in_order = sorted(row.answering, key=lambda one: not one.is_primary)
        year_end = date(self.plan.year, 12, 31)
        theme = row.area.themes.filter(title=item.theme or "").first()
        add_item(
            plan=self.plan,
            item=NewItem(
                text=item.text,
                short_title=item.short_title,
                area=row.area,
                theme=theme,
                tracking=item.tracking,
                cycle=item.cycle,
                leads=[one.unit for one in in_order if one.role != "support"],
                supports=[one.unit for one in in_order if one.role == "support"],
                due_on=item.deadline or year_end,
                indicators=new_indicators(item),
            ),
            decision=self.decision,
            starts_on=self.starts_on,
            actor=self.actor,
            now=self.now,
        )

    def _take(self, task: Task, fact: Fact) -> None:
        given: dict[str, Any] = {"task": task, "actor": self.actor, "now": self.now}
        if fact.kind == WORDS:
            mend_wording(
                text=fact.detail,
                short_title=task.short_title,
                reason=self.reason[:300],
                decision=self.decision,
                **given,
            )
        elif fact.kind == INDICATOR:
            add_indicators(
                indicators=[fact.detail],
                starts_on=self.starts_on,
                decision=self.decision,
                **given,
            )
        else:
            self._adjust(task, fact.kind, fact.detail)

    def _adjust(self, task: Task, kind: str, detail: dict[str, object]) -> None:
        approval = new_approval(
            decided_by=self.decision.decided_by,
            decided_on=self.decision.decided_on,
            authority=self.decision.authority,
            actor=self.actor,
            now=self.now,
        )
        register_at_once(
            approval=approval,
            actor=self.actor,
            now=self.now,
            task=task,
            kind=kind,
            reason=self.reason,
            starts_on=self.starts_on,
            detail=detail,
        )
