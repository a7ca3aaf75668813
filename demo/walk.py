"""The sample year, walked by the clock: every act at its own moment, in one order.

A period's filings are laid out when it opens; the earliest act is always done next, so that the
log reads as it would have been written.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from itertools import count

from demo import assignments, decisions, july, matters, officers, sub_items, urges, visits
from demo.acts import HEAD, Acts
from demo.book import Book
from demo.goals import (
    ACCEPTED_AFTER,
    CORRECTED_AFTER,
    CORRECTED_BEFORE,
    DONE_ITEMS,
    FILED_LATE,
    MISSING,
    RETURNED,
)
from demo.times import (
    LAST_DAY,
    PREPARED_ON,
    afternoon,
    chance,
    evening,
    moment,
    morning,
    parts_first,
    soon,
    workday_after,
)
from huangshi_tasks.lib.workdays import add_workdays, next_workday_on_or_after
from progress.finalizing.finalize import finalize
from progress.models import Duty, EvidenceKind, Period, ProgressReport
from progress.periods.opening import ensure_periods, open_due_periods
from progress.reminding.messages import make_digests, make_notices
from progress.reminding.planning import plan_reminders

Act = Callable[[datetime], object]
JULY = "2022-07"
EARLY = date(2022, 6, 27)  # items that are finished file before the quarter ends
UNREAD = "（示例）市政府常务会议用数，不等审完"
HOUR_OF_REMINDERS, HOUR_OF_FINALIZING, HOUR_OF_NOTICES = 8, 16, 18


class Walk:
    """The acts still to come, the earliest first."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.acts: list[tuple[datetime, int, Act]] = []
        self.ticket = count()

    def at(self, moment: datetime, act: Act) -> None:
        heapq.heappush(self.acts, (moment, next(self.ticket), act))

    def run(self) -> None:
        """Do everything up to the last day of the sample."""
        for period in ensure_periods(self.book.plan):
            if period.opens_on <= LAST_DAY:
                self._lay_out(period)
        officers.lay_out(self.book, self.at)
        assignments.lay_out(self.book, self.at)
        decisions.lay_out(self.book, self.at)
        matters.lay_out(self.book, self.at)
        urges.lay_out(self.book, self.at)
        sub_items.lay_out(self.book, self.at)
        visits.lay_out(self.book, self.at)
        self._lay_out_evenings()
        while self.acts:
            now, _, act = heapq.heappop(self.acts)
            if now.date() <= LAST_DAY:
                act(now)

    def _lay_out(self, period: Period) -> None:
        """Opening, reminders and 定稿 of one period."""
        self.at(moment(period.opens_on, 7), partial(self._open, period))
        opening = next_workday_on_or_after(period.opens_on)
        for day in (opening, *(add_workdays(period.due_on, n) for n in (-2, 0, 1, 2))):
            self.at(moment(day, HOUR_OF_REMINDERS, 30), self._remind)
        self.at(moment(period.closes_on, HOUR_OF_FINALIZING, 30), partial(self._finalize, period))

    def _lay_out_evenings(self) -> None:
        """Notices of the day (退回, 通过) have gone out by the evening."""
        day = PREPARED_ON
        while day <= LAST_DAY:
            self.at(moment(day, HOUR_OF_NOTICES), self._send)
            day = add_workdays(day, 1)

    def _send(self, now: datetime) -> None:
        make_notices(now=now, at=now, by_channels=False)
        make_digests(now=now, at=now, by_channels=False)

    def _open(self, period: Period, now: datetime) -> None:
        open_due_periods(self.book.plan, now.date())
        reports = ProgressReport.objects.filter(period=period)
        for report in reports.select_related(
            "period__plan", "responsibility__unit", "responsibility__task"
        ):
            acts = Acts(self.book, report)
            if period.code == JULY:
                july.lay_out(acts, self.at)
            elif not (report.duty == Duty.MAIN and MISSING.get(acts.item) == period.code):
                self._file(acts)

    def _remind(self, now: datetime) -> None:
        plan_reminders(now=now)
        self._send(now)

    def _finalize(self, period: Period, now: datetime) -> None:
        finalize(period=period, actor=self.book.people[HEAD], now=now, reason=UNREAD)

    def _file(self, acts: Acts) -> None:
        """Typed, sent, signed; then accepted, or returned first."""
        report, item, code = acts.report, acts.item, acts.report.period.code
        is_main = report.duty == Duty.MAIN
        dice = chance("file", item, code, report.responsibility.unit.name)
        day = parts_first(report.period, is_main=is_main, dice=dice)
        if is_main and FILED_LATE.get(item) == code:
            day = add_workdays(report.due_on, 1)
        if item in DONE_ITEMS and day > EARLY > report.period.opens_on:
            day = EARLY
        typed = morning(day, dice)
        signed = afternoon(day, dice)
        is_wrong = is_main and (item, code) in (CORRECTED_BEFORE, CORRECTED_AFTER)
        self.at(typed, partial(decisions.mistype, acts) if is_wrong else acts.type_in)
        if is_main and item in DONE_ITEMS and day == EARLY:
            self.at(typed, partial(_prove, acts))
        self.at(soon(typed, dice), acts.submit)
        self.at(signed, acts.sign)
        # a part is accepted the same day, before the primary counts on it
        decided = morning(workday_after(signed), dice) if is_main else evening(day, dice)
        if is_main and RETURNED.get(item) == code:
            decided = self._return(acts, signed)
        if is_main and ACCEPTED_AFTER.get(item) == code:
            decided = moment(add_workdays(report.period.closes_on, 2), 9, 40)
        self.at(decided, acts.accept)
        if is_wrong:
            decisions.correct_later(acts, self.at)

    def _return(self, acts: Acts, signed: datetime) -> datetime:
        """Returned the next working day, filed again the day after; when that is accepted."""
        dice = chance("return", acts.item, acts.report.period.code)
        returned = morning(workday_after(signed), dice)
        again = workday_after(returned)
        typed, signed = morning(again, dice), afternoon(again, dice)
        self.at(returned, acts.send_back)
        self.at(typed, acts.type_in)
        self.at(soon(typed, dice), acts.submit)
        self.at(signed, acts.sign)
        return morning(workday_after(signed), dice)


def _prove(acts: Acts, now: datetime) -> None:
    acts.attach(now, EvidenceKind.EVIDENCE, "示例_办结佐证材料.pdf")
