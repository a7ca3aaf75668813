"""The one list of what a person must do now, and its number; apart from it what was sent on.

`todo_list` is what desk, digest, bell and every count ask. The head of a unit has the list of the
unit, with what waits for the signature first; of the liaison that has been sent on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from huangshi_tasks.lib.workdays import Overrides, add_workdays
from progress.models import InstructionState, OrderState, VisitState
from progress.periods.filed import Filed, owed_among, read
from progress.periods.owed import Reliefs, is_under_way
from progress.todo import filings, kinds
from progress.todo.asked import Asked, asked_of, passed_on_to
from progress.todo.filings import SIGNING
from tasks.models import ActionPlanState, Plan, PlanState
from units.calendar import workdays

# states in which something asked lies with somebody else than the unit
WITH_OTHERS = {
    kinds.MATTER: (InstructionState.ANSWERED,),
    kinds.ORDER: (OrderState.ANSWERED,),
    kinds.MEND: (VisitState.MENDED,),
    kinds.ACTION_PLAN: (ActionPlanState.REVIEWING,),
    kinds.CLOSURE: ("claimed", "checked"),
}
SIGNED = (kinds.MATTER, kinds.ORDER, kinds.ACTION_PLAN)  # the head of the unit signs these too


@dataclass(frozen=True)
class Row:
    """One thing to do, or sent on. `filed` of a report, `asked` of everything else; a paper that
    names a unit, and what a plan hands out, are one row with several of `asked`.
    """

    kind: str
    plan_id: int
    state: str
    due_on: date | None
    group: str
    filed: Filed | None = None
    asked: Sequence[Asked] = ()
    is_to_sign: bool = False

    @property
    def one(self) -> Asked:
        """Of what is asked the first."""
        return self.asked[0]


@dataclass(frozen=True)
class TodoList:
    """`rows` in the order in which they are to be done; `sent` lies with others. `window`: the last
    day of the filings that are asked for now.
    """

    rows: Sequence[Row]
    sent: Sequence[Row]
    window: date | None = None

    @property
    def number(self) -> int:
        """待办n项: as desk, digest and bell say it."""
        return len(self.rows)

    @property
    def late(self) -> int:
        """已逾期n项, among them."""
        return sum(row.group == kinds.LATE for row in self.rows)

    @property
    def sentence(self) -> str:
        """待办15项，其中已逾期1项; empty where nothing is to be done."""
        if not self.rows:
            return ""
        late = f"，其中已逾期{self.late}项" if self.late else ""
        return f"待办{self.number}项{late}"


def todo_list(plans: Sequence[Plan], unit_id: int, today: date, *, is_signer: bool) -> TodoList:
    """Of a unit in `plans`, all that are worked on; two queries, and what is remembered."""
    made = read(plans, filings.filings_of_unit(ids_of(plans), unit_id))
    owed = owed_among(made, Reliefs.of(*plans))
    return todo_among(plans, owed, unit_id, today, is_signer=is_signer)


def ids_of(plans: Iterable[Plan]) -> tuple[int, ...]:
    """As the queries of this room take them."""
    return tuple(plan.pk for plan in plans)


def todo_among(
    plans: Sequence[Plan], owed: Iterable[Filed], unit_id: int, today: date, *, is_signer: bool
) -> TodoList:
    """The same where the owed filings of the unit are at hand; one query."""
    current = [report for report in owed if is_under_way(report, today)]
    window = _window(current, today)
    found = [*_of_reports(current, today, window, is_signer=is_signer)]
    asking = [plan for plan in plans if plan.state != PlanState.ARCHIVED]
    asked = Asking(asking, unit_id, today, window, is_signer=is_signer)
    found += asked.rows()
    sent = [row for row in found if _is_with_others(row, is_signer=is_signer)]
    rows = [row for row in found if not _is_with_others(row, is_signer=is_signer)]
    return TodoList(sorted(rows, key=_urgency), sorted(sent, key=_when), window)


def _window(current: Iterable[Filed], today: date) -> date | None:
    """The last day of the filings that are asked for now."""
    days = (report.due_on for report in current if report.state in filings.IN_UNIT)
    return min((day for day in days if day >= today), default=None)


def _of_reports(
    current: Iterable[Filed], today: date, window: date | None, *, is_signer: bool
) -> Iterator[Row]:
    for report in current:
        state = filings.kind_of(report, today, is_signer=is_signer)
        if report.state in filings.IN_UNIT or filings.is_sent(report, is_signer=is_signer):
            due_on = filings.due_of(report)
            yield Row(
                kinds.REPORT,
                report.period.plan_id,
                state,
                due_on,
                kinds.group_of(due_on, today, window),
                filed=report,
                is_to_sign=is_signer and state == SIGNING,
            )


def _is_with_others(row: Row, *, is_signer: bool) -> bool:
    if row.filed is not None:
        return filings.is_sent(row.filed, is_signer=is_signer)
    if row.kind in SIGNED and row.state == "signing":
        return not is_signer
    return row.state in WITH_OTHERS.get(row.kind, ())


def _urgency(row: Row) -> tuple[bool, int, bool, date, int]:
    """The signature first, then by group; within one what came back, then by day."""
    return (
        not row.is_to_sign,
        kinds.GROUPS.index(row.group),
        row.state != "returned",
        row.due_on or date.max,
        tuple(kinds.WORDS).index(row.kind),
    )


def _when(row: Row) -> tuple[int, date]:
    return tuple(kinds.WORDS).index(row.kind), row.due_on or date.max


class Asking:
    """What is asked of a unit beside filings, as rows of its list."""

    def __init__(
        self,
        plans: Sequence[Plan],
        unit_id: int,
        today: date,
        window: date | None,
        *,
        is_signer: bool,
    ) -> None:
        self.plans = {plan.pk: plan for plan in plans}
        self.unit_id, self.today, self.window = unit_id, today, window
        self.is_signer = is_signer

    def rows(self) -> list[Row]:
        """One query; of steps that were passed on one more."""
        if not self.plans:
            return []
        asked = [Asked(*row) for row in asked_of(tuple(self.plans), self.unit_id, self.today)]
        if not asked:
            return []
        relieved = self._relieved()
        mine = [each for each in self._held(asked) if each.item_id not in relieved]
        overrides = workdays.overrides()
        rows = (self._row(those, overrides) for those in _together(mine))
        return [row for row in rows if row is not None]

    def _relieved(self) -> Collection[int | None]:
        return Reliefs.of(*self.plans.values()).on(self.today)

    def _held(self, asked: Sequence[Asked]) -> list[Asked]:
        """Without the steps that somebody else reports now."""
        over = [each for each in asked if each.kind == kinds.MILESTONE and _is_over(each, self)]
        mine = set(passed_on_to(over, self.unit_id, self.today)) if over else set()
        return [each for each in asked if each not in over or each in mine]

    def _row(self, those: Sequence[Asked], overrides: Overrides) -> Row | None:
        first = those[0]
        due_on = self._due_of(those, overrides)
        if not self._is_near(first, due_on):
            return None
        is_to_sign = self.is_signer and first.kind in SIGNED and first.state == "signing"
        group = kinds.group_of(due_on, self.today, self.window)
        if group == kinds.LATER and due_on is None and first.state in ("returned", "signing"):
            group = kinds.SOON  # what came back waits for nothing
        return Row(first.kind, first.plan_id, first.state, due_on, group, None, those, is_to_sign)

    def _due_of(self, those: Sequence[Asked], overrides: Overrides) -> date | None:
        first, plan = those[0], self.plans[those[0].plan_id]
        if first.kind == kinds.RECEIPT:
            assigned = min(each.since for each in those if each.since is not None)
            return add_workdays(max(assigned, plan.begins_on), kinds.RECEIPT_DAYS, overrides)
        if first.kind == kinds.ACTION_PLAN and first.state in ("", ActionPlanState.DRAFT):
            return add_workdays(plan.begins_on, kinds.ACTION_PLAN_DAYS, overrides)
        return first.due_on

    def _is_near(self, asked: Asked, due_on: date | None) -> bool:
        """Steps and claims far ahead are nothing to do now."""
        if asked.kind == kinds.MILESTONE:
            return due_on is not None and due_on <= self.today + kinds.MILESTONE_AHEAD
        if asked.kind == kinds.CLOSURE and not asked.state:
            return due_on is not None and due_on <= self.today + kinds.CLOSURE_AHEAD
        return True


def _is_over(step: Asked, asking: Asking) -> bool:
    return step.since is not None and step.since < asking.today


def _together(asked: Iterable[Asked]) -> Iterator[list[Asked]]:
    """Each by itself; 签收 of a plan and the lines of a paper are one act each."""
    for each in asked:
        if each.kind not in (kinds.RECEIPT, kinds.CHECK):
            yield [each]
    one_act = [each for each in asked if each.kind in (kinds.RECEIPT, kinds.CHECK)]
    one_act.sort(key=_act)
    for _, those in groupby(one_act, key=_act):
        yield list(those)


def _act(asked: Asked) -> tuple[str, int, int]:
    """What is done in one go; `holder` of a line is its paper."""
    return asked.kind, asked.plan_id, asked.holder
