"""The rows of the ledger: what one item shows, on the page and in Excel alike.

Everybody reads, per item, its latest 定稿. What is going on in the period now open (its filing
state) is for the office, which sees the item's main report, and for units, which see their own;
leaders and observers do not see it (design.md section 4, Who sees what).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from progress.board.keeping import Board, board_of
from progress.board.numbers import is_by_time
from progress.board.shown import (
    Asking,
    Frozen,
    Holder,
    Item,
    PostName,
    Printed,
    Shown,
    Source,
    UnitName,
)
from progress.lights.facts import MARK_CORRECTED, MARK_IN_REVIEW, MARK_MISSING
from progress.states import Light
from reports.ledger.filings_now import Filing, filings_of
from reports.ledger.moves import move_of
from reports.numbers.dated import Coming, as_of_mark, marked, plan_of, said_mark
from tasks.models import Plan, ResponsibilityRole, TaskKind, Tracking
from tasks.models.items import TaskQuerySet
from units.actors import Actor

T = TypeVar("T")


@dataclass(frozen=True)
class LedgerRow:
    """One item, as the board has it, and what stands beside it now. `holders` answer for it today;
    `designations` are the notice's own words.

    What only some pages ask is None in `was`, `short` and `asking` until it was asked; read it by
    `before`, `is_short` and `has_problem`, which raise `LookupError` instead of saying no. `shown`
    and `board` are None of an item that was not read from there.
    """

    task: Item
    due_on: date
    holders: Sequence[Holder] = ()
    designations: Sequence[Printed] = ()
    posts: Sequence[PostName] = ()
    frozen: Frozen | None = None
    filing: Filing | None = None
    shown: Shown | None = None
    board: Board | None = field(default=None, compare=False, repr=False)
    was: str | None = None
    short: bool | None = None
    asking: bool | None = None
    of: date | None = None  # the 数据截至 of what it stands in: what is older is marked
    day: date | None = None  # on which it is read: a step whose day is over is no plan
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
    def source(self) -> Source | None:
        """The report whose words stand here."""
        return self.frozen.source if self.frozen is not None else None

    @property
    def figures_on(self) -> date | None:
        """The oldest 数据截至 behind light and percent; of what is judged in words that of the
        report.
        """
        if self.frozen is None:
            return None
        counted = self.shown.figures_on if self.shown is not None else None
        said = self.source.data_as_of if self.source is not None else None
        return min(self.frozen.period.data_as_of, counted or said or date.max)

    @property
    def figures_mark(self) -> str:
        """截至6月30日 where light and percent are of older figures."""
        return as_of_mark(self.figures_on, self.of)

    @property
    def said_mark(self) -> str:
        """6月所报 where its words are older."""
        return said_mark(self.source, self.of)

    @property
    def unit_reason(self) -> str:
        return self._said("unit_reason")

    @property
    def digest(self) -> str:
        return self._said("digest")

    @property
    def said_problems(self) -> str:
        return self._said("problems")

    @property
    def next_step(self) -> Coming:
        """下一步, as far as it is still to come."""
        text = self.frozen.next_digest if self.frozen is not None else ""
        return plan_of(text, self.source, as_of=self.of, day=self.day or date.min)

    def _said(self, name: str) -> str:
        """Words of the unit, behind their mark where they are older."""
        return marked(getattr(self.frozen, name, ""), self.said_mark)

    @property
    def primary(self) -> UnitName | None:
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
        """What has to be known about the judgement: 未报送, 已更正, 含1份待审核. 待审核 itself is
        the light.
        """
        if self.frozen is None:
            return []
        is_marked = self.frozen.is_in_review and self.light != Light.IN_REVIEW
        marks = [
            (self.frozen.is_missing, MARK_MISSING),
            (is_marked, MARK_IN_REVIEW),
            (self.frozen.is_corrected, MARK_CORRECTED),
            (self.frozen.parts_in_review, f"含{self.frozen.parts_in_review}份待审核"),
            (self.frozen.supplement, "补充定稿"),
        ]
        return [words for holds, words in marks if holds]

    @property
    def is_planned_by_time(self) -> bool:
        """Whether 本期计划 stands, wholly or in part, for months passed and not for a plan."""
        return is_by_time(self.frozen)

    @property
    def lacks_action_plan(self) -> bool:
        """Whether it is measured, and no 办理方案 of it has been accepted."""
        return _told(self.shown).lacks_action_plan

    @property
    def history(self) -> Sequence[tuple[date, str]]:
        """Day and light of every 定稿 of the item, the oldest first."""
        return _told(self.shown).history

    @property
    def folded(self) -> list[list[str]]:
        """Every text by which the item is found, as words."""
        return _told(self.shown).folded

    @property
    def problems(self) -> Sequence[Asking]:
        """What units on it ask of the city."""
        return _told(self.shown).problems

    def _printed(self, role: str) -> list[str]:
        return [each.printed for each in self.designations if each.role == role]


def _told(answer: T | None) -> T:
    if answer is None:
        raise LookupError("this was not asked when the row was loaded")
    return answer


def ledger_tasks(plan: Plan, actor: Actor) -> TaskQuerySet:
    """The one queryset of the ledger: the plan's items that the actor may see, as numbered."""
    return plan.tasks.visible_to(actor)  # through the relation, so each knows its plan


def load_rows(
    plan: Plan,
    actor: Actor,
    today: date,
    *,
    with_filings: bool = True,
    until: date | None = None,
) -> list[LedgerRow]:
    """Every row the actor may see, two queries for any number of items, and one for filings.

    Pages of what is finalized leave filings out; `until`: as the 定稿 of an earlier day had them.
    """
    board = board_of(plan, actor, today, until)
    items = [shown.item for shown in board.shown]
    filings = filings_of(plan, items, actor, today) if with_filings else {}
    judged = (shown.frozen for shown in board.shown if shown.frozen is not None)
    newest = max((frozen.period.data_as_of for frozen in judged), default=None)
    return [
        LedgerRow(
            task=shown.item,
            due_on=shown.due_on,
            holders=shown.holders,
            designations=shown.designations,
            posts=shown.posts,
            frozen=shown.frozen,
            filing=filings.get(shown.item.pk),
            shown=shown,
            board=board,
            was=_before(shown.frozen, newest),
            of=until or newest,
            day=today,
        )
        for shown in board.shown
    ]


def _before(frozen: Frozen | None, newest: date | None) -> str:
    """What was not judged at the newest 定稿 stands as it stood at the one before."""
    if frozen is None:
        return Light.NO_DATA if newest is not None else ""
    return frozen.before if frozen.period.data_as_of == newest else frozen.light


def newest_date(rows: Sequence[LedgerRow]) -> date | None:
    """The newest 数据截至 among the rows: printed once, an older one stands beside its item."""
    return max((day for row in rows if (day := row.data_as_of) is not None), default=None)


def totals(rows: Sequence[LedgerRow]) -> list[tuple[str, str, int, str]]:
    """Kind, word, count and measure: 重点工作134项、十件实事10件; none of a kind without rows."""
    counted = Counter(row.task.kind for row in rows)
    return [
        (kind.value, str(kind.label), counted[kind], measure)
        for kind, measure in ((TaskKind.KEY_TASK, "项"), (TaskKind.PRACTICAL_PROJECT, "件"))
        if counted[kind]
    ]


def filing_heading(rows: Sequence[LedgerRow]) -> str:
    """``7月报送``; 本期报送 while periods of several cycles are open, empty while none is."""
    labels = {row.filing.label for row in rows if row.filing is not None}
    if not labels:
        return ""
    return f"{labels.pop()}报送" if len(labels) == 1 else "本期报送"
