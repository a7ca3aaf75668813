"""The turn of a year: November to March with the old plan, the new one and a special one open.

Every evening each desk is compared with what plain loops over the tables find (`tests.two_plans`);
the old year is archived in February, and not a row of it, nor a word of its pages, may change after
that. Meanwhile units and people change (`tests.walk.changing`) and items change hands: whatever was
owed the evening before and has not been sent stands on some desk the next.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from django.core import serializers
from django.test import Client

from huangshi_tasks.lib import clock
from huangshi_tasks.lib.clock import SHANGHAI
from huangshi_tasks.lib.workdays import is_workday
from progress.closing.outcomes import outcomes_of, set_outcome
from progress.finalizing.finalize import finalize, why_not
from progress.lifecycle import by_office, by_unit
from progress.models import (
    Message,
    Outcome,
    Period,
    PeriodState,
    ProgressReport,
    Reminder,
    ReportState,
    ReportVersion,
    TaskPeriod,
)
from progress.periods.opening import open_due_periods
from progress.reminding import run
from reports.plan_state.acts import archive
from reports.plan_state.checks import obstacles
from tasks.models import Plan, PlanState, Responsibility, Task
from tests.cast import Cast, fill, make_item, make_plan
from tests.two_plans import UNSENT, begun, owed_by, to_review, to_sign, unsent
from tests.walk.changing import Changes
from units.actors import Actor
from units.models import Appointment, Role

FIRST, LAST, NEW_YEAR = date(2022, 11, 1), date(2023, 3, 31), date(2023, 1, 9)
ONE_DAY = timedelta(days=1)
ITEMS = 6
WORK = ("路基填筑", "桥梁架设", "管网埋设", "边坡防护", "沥青摊铺", "护栏安装", "标线施划")
TAGS = re.compile(r"<[^>]*>")
REASON = "示例：市政府办公室主任办公会同意归档"


@dataclass
class TurnFound:
    """The last line of the walk: what was looked at, and what was wrong."""

    days: int = 0
    owed: int = 0
    missing: list[str] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    wrong_names: list[str] = field(default_factory=list)
    told_twice: int = 0
    digests_too_many: int = 0
    archived_on: str = ""
    changed_after: int = 0
    pages_changed_after: list[str] = field(default_factory=list)
    written_after: int = 0

    @property
    def is_clean(self) -> bool:
        wrong = self.told_twice, self.digests_too_many, self.changed_after, self.written_after
        lists = self.missing, self.vanished, self.wrong_names, self.pages_changed_after
        return not any(lists) and not any(wrong)


@dataclass(frozen=True, order=True)
class _Owed:
    """A filing by what it is about: whoever has to send it, and whichever row holds it."""

    task: int
    period: int
    duty: str

    def is_over(self, day: date) -> bool:
        """Sent, or nobody can send it any more."""
        period = Period.objects.select_related("plan").get(pk=self.period)
        if period.plan.state != PlanState.ACTIVE or period.state != PeriodState.COLLECTING:
            return True
        about = ProgressReport.objects.filter(
            responsibility__task=self.task, period=self.period, duty=self.duty
        )
        sent = (ReportState.REVIEWING, ReportState.ACCEPTED)
        return about.filter(state__in=sent).exists()


def _owed_on(day: date) -> Iterator[_Owed]:
    """What is not sent of periods that are collected, by whichever unit answers for it."""
    reports = ProgressReport.objects.filter(
        state__in=UNSENT,
        period__plan__state=PlanState.ACTIVE,
        period__state=PeriodState.COLLECTING,
        period__opens_on__lte=day,
    ).select_related("responsibility", "period")
    for report in reports:
        held, asked = report.responsibility, report.period.data_as_of
        ends_on = held.ends_on or date.max
        if report.first_left_at or held.starts_on <= asked <= ends_on or held.starts_on > asked:
            yield _Owed(held.task_id, report.period_id, report.duty)


def walk_turn(dice: Random, until: date = LAST, every: int = 1, items: int = ITEMS) -> TurnFound:
    """On an empty database. `every`: on how many days the desks are looked at."""
    return _Walk(dice, items).walk(until, every)


class _Walk:
    def __init__(self, dice: Random, items: int) -> None:
        self.dice, self.found, self.items = dice, TurnFound(), items
        self.cast, self.old = Cast(), make_plan()
        self.special = begun(self.old, 2022, "2022-2", series="优化营商环境行动", is_main=False)
        self.changes = Changes(self.cast, self.cast.lead, self.cast.co_lead)
        self.owed: set[_Owed] = set()
        self.frozen, self.pages = "", dict[str, str]()
        for plan in (self.old, self.special):
            for number in range(1, self.items + 1):
                make_item(plan, self.cast, number)
            past = Period.objects.filter(plan=plan, data_as_of__lt=date(2022, 10, 1))
            past.update(state=PeriodState.FINALIZED)

    def walk(self, until: date, every: int) -> TurnFound:
        day = FIRST
        while day <= until:
            clock.configure(day)
            self._one_day(day)
            if (day - FIRST).days % every == 0:
                self._look(day)
            day += ONE_DAY
        self._told(until)
        if self.frozen:
            self.found.changed_after = int(_fingerprint(self.old) != self.frozen)
            now = self._pages_of_old()
            self.found.pages_changed_after = [at for at in now if now[at] != self.pages[at]]
        return self.found

    def _one_day(self, day: date) -> None:
        if day == NEW_YEAR:
            new = begun(self.old, 2023, "2023")
            for number in range(1, self.items + 1):
                make_item(new, self.cast, number)
            Responsibility.objects.filter(task__plan=new).update(starts_on=new.issued_on)
        for plan in Plan.objects.filter(state=PlanState.ACTIVE):
            open_due_periods(plan, day)
        morning = _at(day, 9)
        if is_workday(day):
            run.remind(now=morning, at=morning)
            run.remind(now=_at(day, 11), at=_at(day, 11))  # a second turn tells nobody again
        self.changes.of(day, _at(day, 0))
        if not self.changes.names_hold(day):
            self.found.wrong_names.append(str(day))
        if self.dice.random() < 0.05:
            self._succeed(day)
        if self.dice.random() < 0.05:
            self._change_hands(day)
        self._work(day)
        self._finalize(day)
        self._archive(day)
        self._remember(day)

    def _succeed(self, day: date) -> None:
        role = self.dice.choice([Role.REPORTER, Role.SIGNER])
        acting = self._of(self.changes.lead.pk, role)
        if acting is None or acting.appointment.starts_on > day or acting.appointment.ends_on:
            return
        if not acting.appointment.stands_in_for_id:
            self.changes.succeed(acting.appointment, _at(day, 8))

    def _remember(self, day: date) -> None:
        """Whatever was owed yesterday and is neither sent nor over is owed by somebody today."""
        today = set(_owed_on(day))
        gone = {each for each in self.owed - today if not each.is_over(day)}
        self.found.vanished += [f"{day} {each}" for each in sorted(gone)]
        self.owed = today

    def _change_hands(self, day: date) -> None:
        """An item goes over to another unit from the next day on."""
        active = Task.objects.filter(plan__state=PlanState.ACTIVE)
        held = Responsibility.objects.open_ended().filter(task__in=active, is_primary=True)
        row = self.dice.choice(list(held.order_by("pk")))
        lead, other = self.changes.lead, self.changes.other
        to = other if row.unit == lead else lead
        if row.starts_on > day or row.task.responsibilities.open_ended().filter(unit=to).exists():
            return
        Responsibility.objects.filter(pk=row.pk).update(ends_on=day)
        after = Responsibility.objects.create(
            task=row.task, unit=to, role=row.role, is_primary=True, starts_on=day + ONE_DAY
        )
        Responsibility.objects.filter(pk=row.pk).update(followed_by=after)
        open_due_periods(row.task.plan, day)  # as whoever decides on it does

    def _work(self, day: date) -> None:
        """Some of what is owed is done; from the deadline of December on all of it."""
        hurry = date(2023, 1, 10) <= day <= date(2023, 1, 31)
        reports = ProgressReport.objects.filter(
            period__plan__state=PlanState.ACTIVE,
            period__state=PeriodState.COLLECTING,
            period__opens_on__lte=day,
        ).select_related("period__plan", "responsibility__task__plan", "responsibility__unit")
        for report in list(reports):
            if hurry or self.dice.random() < 0.25:
                self._one_step(report, day)

    def _one_step(self, report: ProgressReport, day: date) -> None:
        office, unit = self.cast.office, report.unit
        reporter, signer = self._of(unit.pk, Role.REPORTER), self._of(unit.pk, Role.SIGNER)
        is_with_unit = report.state != ReportState.REVIEWING
        if is_with_unit and day > report.closes_on:
            return
        if reporter is None or signer is None:
            return
        if report.state in (ReportState.DRAFT, ReportState.RETURNED):
            self._type(report, reporter, day)
            by_unit.submit(report=report, actor=reporter, now=_at(day, 14))
        elif report.state == ReportState.SIGNING:
            by_unit.sign(report=report, actor=signer, now=_at(day, 15))
        elif report.state == ReportState.REVIEWING:
            if self.dice.random() < 0.2 and day <= report.closes_on - timedelta(days=3):
                by_office.return_to_unit(
                    report=report, actor=office, now=_at(day, 16), reason="示例：请补充。"
                )
            else:
                by_office.accept(report=report, actor=office, now=_at(day, 16), digest="示例。")

    def _type(self, report: ProgressReport, reporter: Actor, day: date) -> None:
        """Ten kilometres more than the period before, in words that no other item or period has."""
        done = 10 * report.period.data_as_of.month if report.period.plan.year == 2022 else 5
        work = WORK[(report.task.number + report.period.data_as_of.month) % len(WORK)]
        words = f"示例：{report.period.code}{work}完成{done}公里，第{day:%m%d}批。"
        fill(report, reporter, _at(day, 14), done, progress=words)

    def _of(self, unit: int, role: Role) -> Actor | None:
        """Who acts for the unit today."""
        held = Appointment.objects.on(clock.today()).filter(unit=unit, role=role).first()
        return Actor(held.user, held) if held is not None else None

    def _finalize(self, day: date) -> None:
        for period in Period.objects.filter(
            plan__state=PlanState.ACTIVE, state=PeriodState.COLLECTING, closes_on__lt=day
        ).order_by("data_as_of"):
            waiting = period.reports.filter(state=ReportState.REVIEWING)
            if not waiting.exists() and not why_not(period, day):
                finalize(period=period, actor=self.cast.office, now=_at(day, 17))

    def _archive(self, day: date) -> None:
        plan = Plan.objects.get(pk=self.old.pk)
        ready = day >= date(2023, 2, 6) and plan.state == PlanState.ACTIVE
        for row in outcomes_of(plan) if ready else ():
            if not row.outcome:
                set_outcome(
                    task=row.task,
                    outcome=Outcome.DONE,
                    note="",
                    actor=self.cast.office,
                    now=_at(day, 18),
                )
        if not ready or obstacles(plan, day):
            return
        archive(plan=plan, reason=REASON, actor=self.cast.office, now=_at(day, 18))
        self.found.archived_on = str(day)
        self.frozen, self.pages = _fingerprint(plan), self._pages_of_old()

    def _pages_of_old(self) -> dict[str, str]:
        """What a leader reads of the old year, without the frame."""
        found = {}
        client = _client(self.cast.leader)
        for path in ("tasks/", "tasks/2/", "matrix/"):
            html = client.get(f"/{self.old.slug}/{path}").content.decode()
            found[path] = TAGS.sub("", html.partition("<main")[2].partition("</main>")[0])
        return found

    def _look(self, day: date) -> None:
        """Every desk, in every year from which it can be seen."""
        self.found.days += 1
        plans = list(Plan.objects.all())
        for unit in (self.changes.lead, self.changes.other, self.cast.county):
            reporter, signer = self._of(unit.pk, Role.REPORTER), self._of(unit.pk, Role.SIGNER)
            if reporter is not None:
                self._compare(reporter, plans, "desk/", owed_by(unit, day), day)
            if signer is not None:
                self._compare(signer, plans, "signing/", to_sign(unit), day)
        office = self.cast.office
        self._compare(office, plans, "review/", to_review(), day)
        self._compare(office, plans, "unreported/", unsent(day), day)
        self._compare(office, plans, "office/", set(), day)
        if self.frozen:
            refused = _client(office).post("/2022/urges/note/")
            self.found.written_after += refused.status_code != 403

    def _compare(
        self, actor: Actor, plans: list[Plan], page: str, owed: set[str], day: date
    ) -> None:
        client = _client(actor)
        for plan in plans:
            response = client.get(f"/{plan.slug}/{page}", follow=True)
            shown = set(re.findall(r'href="([^"#?]*)', response.content.decode()))
            self.found.owed += len(owed)
            lacking = owed - shown if response.status_code == 200 else {f"{plan.slug}/{page}"}
            self.found.missing += [f"{day} {actor} /{plan.slug}/{page} {each}" for each in lacking]

    def _told(self, until: date) -> None:
        sent = Reminder.objects.exclude(message=None).values_list("subject", "rung", "recipient")
        self.found.told_twice = sum(count - 1 for count in Counter(sent).values())
        digests = Counter(
            (each.recipient_id, each.made_at.astimezone(SHANGHAI).date())
            for each in Message.objects.filter(is_immediate=False, recipient__isnull=False)
        )
        self.found.digests_too_many = sum(count - 1 for count in digests.values())


def _client(actor: Actor) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(actor.user)
    return client


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), SHANGHAI)


def _fingerprint(plan: Plan) -> str:
    """Of every row of a year that somebody judged, filed, or answers for."""
    rows = [
        Task.objects.filter(plan=plan),
        Responsibility.objects.filter(task__plan=plan),
        Period.objects.filter(plan=plan),
        ProgressReport.objects.filter(period__plan=plan),
        ReportVersion.objects.filter(report__period__plan=plan),
        TaskPeriod.objects.filter(task__plan=plan),
    ]
    found = hashlib.sha256()
    for queryset in rows:
        found.update(serializers.serialize("json", queryset.order_by("pk")).encode())
    return found.hexdigest()
