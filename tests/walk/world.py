"""The year that is walked: people who come and go, filings, returns and signatures by chance.

What is filed is not the point here, only when: the checks of content are switched off. Every act
goes through the workflow; each notes for the oracle when something opened and ended.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any

from huangshi_tasks.lib.clock import SHANGHAI
from huangshi_tasks.lib.workdays import add_workdays
from progress.filing import drafts
from progress.finalizing.finalize import finalize
from progress.lifecycle import by_office, by_unit
from progress.lifecycle import by_unit as filing
from progress.lifecycle.permissions import window
from progress.models import Period, PeriodState, ProgressReport, ReportState
from progress.periods.opening import open_due_periods
from progress.todo.kinds import ACTION_PLAN_DAYS
from tasks.action_plans.list import PLANNED
from tasks.holders import receipts
from tasks.models import Milestone, Plan, Responsibility, Task
from tests.walk.oracle import Held, Life
from units.actors import Actor
from units.models import Appointment, Role, Unit, User

ONE_DAY = timedelta(days=1)
NO_OBJECTIONS: Any = SimpleNamespace(objections=[], version=None)
STEPS = 60  # milestones laid over the year
STATES = ProgressReport.objects.select_related(
    "period__plan", "responsibility__unit", "responsibility__task"
)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), SHANGHAI)


class World:
    """`lives` and `people` are what the oracle is told."""

    def __init__(self, plan: Plan, dice: Random) -> None:
        self.plan, self.dice = plan, dice
        self.lives: list[Life] = []
        self.people: list[Held] = []
        self._of_report: dict[tuple[int, str], list[Life]] = {}
        self._known: set[int] = set()
        self._office: Actor
        self._other: Actor  # nobody reviews what they filed
        filing.examine = lambda version: NO_OBJECTIONS  # type: ignore[attr-defined]  # see above
        self._appoint_all()
        self._lay_steps()
        self._begin()

    # --- people

    def _appoint_all(self) -> None:
        self._office = self._appoint(Role.OFFICE, None, self.plan.issued_on)
        self._other = self._appoint(Role.OFFICE, None, self.plan.issued_on)
        for unit in self._units():
            self._appoint(Role.REPORTER, unit, self.plan.issued_on)
            if self.dice.random() < 0.85:
                self._appoint(Role.SIGNER, unit, self.plan.issued_on)

    def _units(self) -> list[Unit]:
        held = Responsibility.objects.filter(task__plan=self.plan).values("unit_id")
        return list(Unit.objects.filter(pk__in=held))

    def _unit(self, number: int | None) -> Unit:
        assert number is not None
        return Unit.objects.get(pk=number)

    def _appoint(self, role: Role, unit: Unit | None, day: date) -> Actor:
        name = f"walk{len(self.people)}"
        user = User.objects.create(username=name, display_name=name, email=f"{name}@sample.invalid")
        made = Appointment.objects.create(user=user, role=role, unit=unit, starts_on=day)
        key = unit.pk if unit is not None else None
        self.people.append(Held(user.pk, str(role), key, day, None))
        return Actor(user, made)

    def succeed(self, day: date) -> None:
        """Somebody leaves at the end of `day`; a successor comes the next day, or a week later."""
        held = self.dice.choice([h for h in self.people if h.ends_on is None and h.unit])
        if held.starts_on >= day:
            return
        Appointment.objects.filter(user=held.person, ends_on=None).update(ends_on=day)
        place = self.people.index(held)
        self.people[place] = Held(held.person, held.role, held.unit, held.starts_on, day)
        pause = self.dice.choice([1, 1, 1, 8])
        self._appoint(Role(held.role), self._unit(held.unit), day + timedelta(days=pause))

    def _actor(self, unit: Unit, role: Role, day: date) -> Actor | None:
        held = Appointment.objects.on(day).filter(unit=unit, role=role).first()
        return Actor(held.user, held) if held is not None else None

    # --- what is open from the beginning

    def _lay_steps(self) -> None:
        leads = list(Responsibility.objects.filter(task__plan=self.plan, is_primary=True))
        for place in range(STEPS):
            lead = self.dice.choice(leads)
            due_on = self.plan.issued_on + timedelta(days=self.dice.randrange(10, 330))
            step = Milestone.objects.create(
                task=lead.task,
                ordinal=100 + place,
                title=f"示例节点{place}",
                due_on=due_on,
                responsibility=lead,
            )
            self._live("milestone", f"milestone:{step.pk}", due_on, lead.unit_id)

    def _begin(self) -> None:
        day = self.plan.begins_on
        for unit in self._units():
            self._live("receipt", f"receipt:{unit.pk}:{day:%Y%m%d}", day, unit.pk)
        due_on = add_workdays(day, ACTION_PLAN_DAYS)
        tasks = Task.objects.filter(plan=self.plan, tracking__in=PLANNED)
        primaries = Responsibility.objects.filter(task__in=tasks, is_primary=True)
        for unit in sorted(set(primaries.values_list("unit_id", flat=True))):
            self._live("action_plan", f"action_plan:{self.plan.pk}:{unit}", due_on, unit)

    def _live(self, ladder: str, subject: str, base: date, unit: int) -> None:
        begins = self.plan.begins_on
        self.lives.append(Life(ladder, subject, base, at(begins, 0), begins, unit))

    # --- one day

    def open_periods(self, day: date) -> None:
        """What the schedule does before it reminds."""
        open_due_periods(self.plan, day)
        opened = Period.objects.filter(plan=self.plan, state=PeriodState.COLLECTING).opened(day)
        for report in STATES.filter(period__in=opened).exclude(pk__in=self._known):
            self._known.add(report.pk)
            born = at(report.period.opens_on, 0)
            mine = Life(
                "filing",
                f"report:{report.pk}",
                report.due_on,
                born,
                report.period.opens_on,
                report.unit.pk,
            )
            self._note(report, mine, "filing")
            late = Life(
                "late list",
                f"period:{report.period_id}",
                report.period.due_on,
                born,
                report.period.opens_on,
                shows_after=report.due_on,
            )
            self._note(report, late, "filing")

    def afternoon(self, day: date) -> None:
        """What people do after the morning's reminders."""
        if self.dice.random() < 0.2:
            self.succeed(day)
        self._receive(day)
        self._finish_steps(day)
        acts: dict[str, Callable[[ProgressReport, date], None]] = {
            ReportState.DRAFT: self._submit,
            ReportState.RETURNED: self._submit,
            ReportState.SIGNING: self._sign,
            ReportState.REVIEWING: self._decide,
        }
        reports = STATES.filter(period__plan=self.plan, period__state=PeriodState.COLLECTING)
        for report in reports.filter(state__in=acts, period__opens_on__lte=day):
            acts[report.state](report, day)
        self._finalize(day)

    def _submit(self, report: ProgressReport, day: date) -> None:
        if not window(report, day) or self.dice.random() > 0.14:
            return
        reporter = self._actor(report.unit, Role.REPORTER, day)
        if reporter is None:
            return
        now = at(day, 14, self.dice.randrange(60))
        base = drafts.fingerprint(report.latest())
        values: dict[str, Any] = {"progress": f"示例{report.pk}", "no_progress": True}
        drafts.save_draft(
            report=report, actor=reporter, now=now, values=values, base=base, allowed=set(values)
        )
        by_unit.submit(report=report, actor=reporter, now=now)
        self._end(report, "returned", now)
        self._wait(report, "signing", now)

    def _sign(self, report: ProgressReport, day: date) -> None:
        if not window(report, day) or self.dice.random() > 0.6:
            return
        now = at(day, 16, self.dice.randrange(60))
        signer = self._actor(report.unit, Role.SIGNER, day)
        if signer is None:
            by_unit.send_unsigned(report=report, actor=self._other, now=now, reason="示例")
        elif self.dice.random() < 0.1:
            by_unit.return_to_liaison(report=report, actor=signer, now=now, reason="示例")
            self._end(report, "signing", now)
            self._wait(report, "returned", now)
            return
        else:
            by_unit.sign(report=report, actor=signer, now=now)
        self._end(report, "signing", now)
        self._end(report, "filing", now)
        subject = f"review:{report.period_id}:{day:%Y%m%d}"
        self._note(report, Life("review", subject, day, now), "review")

    def _decide(self, report: ProgressReport, day: date) -> None:
        if self.dice.random() > 0.5:
            return
        now = at(day, 17, self.dice.randrange(60))
        self._end(report, "review", now)
        if self.dice.random() < 0.2:
            by_office.return_to_unit(report=report, actor=self._office, now=now, reason="示例")
            self._wait(report, "returned", now)
        else:
            by_office.accept(report=report, actor=self._office, now=now)

    def _wait(self, report: ProgressReport, ladder: str, now: datetime) -> None:
        """Its unit, or its signer, has the next step."""
        newest = report.latest()
        assert newest is not None
        number = newest.number - (1 if ladder == "returned" else 0)
        life = Life(ladder, f"report:{report.pk}", now.date(), now, None, report.unit.pk)
        life.prefix = f"{ladder}:{number}"
        self._note(report, life, ladder)

    def _note(self, report: ProgressReport, life: Life, kind: str) -> None:
        self.lives.append(life)
        self._of_report.setdefault((report.pk, kind), []).append(life)

    def _end(self, report: ProgressReport, kind: str, now: datetime) -> None:
        for life in self._of_report.get((report.pk, kind), []):
            life.ended = life.ended or now

    def _receive(self, day: date) -> None:
        for life in self.lives:
            if life.ladder != "receipt" or life.ended is not None or self.dice.random() > 0.3:
                continue
            reporter = self._actor(self._unit(life.unit), Role.REPORTER, day)
            if reporter is not None:
                now = at(day, 13, self.dice.randrange(60))
                receipts.receive_all(plan=self.plan, actor=reporter, now=now)
                life.ended = now

    def _finish_steps(self, day: date) -> None:
        for life in self.lives:
            if life.ladder != "milestone" or life.ended is not None:
                continue
            if life.base - timedelta(days=20) <= day and self.dice.random() < 0.05:
                number = int(life.subject.partition(":")[2])
                Milestone.objects.filter(pk=number).update(done_on=day)
                life.ended = at(day, 13)

    def _finalize(self, day: date) -> None:
        for period in Period.objects.filter(plan=self.plan, state=PeriodState.COLLECTING):
            if day < period.closes_on + timedelta(days=4):
                continue
            now = at(day, 18)
            finalize(period=period, actor=self._office, now=now, reason="不等审核，按时定稿")
            for report in STATES.filter(period=period):
                for kind in ("filing", "returned", "signing", "review"):
                    self._end(report, kind, now)
