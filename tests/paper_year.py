"""A random year of filings for the test of papers: filed or not, late, read too late, returned,
corrected. Every sentence names its report and draft, so that it is known wherever it is printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from progress.checking.look import examine
from progress.finalizing.finalize import finalize
from progress.lifecycle import by_office, by_unit
from progress.models import Period, ProgressReport, ReportVersion
from tasks.commitments.acts import stored
from tasks.models import Plan, Task
from tests.cast import Cast, at, fill, make_item, make_milestone, period_of, report_of

JUNE, QUARTER, JULY = "2022-06", "2022-Q2", "2022-07"
ITEMS, PROJECTS = 5, 2
REASON = "示例：常务会议用数"


@dataclass
class PaperYear:
    """`waiting`: from each moment on, the items whose own report of July lies unread in the office
    since its 定稿; `doubtful` the versions that contradict themselves.
    """

    plan: Plan
    cast: Cast
    rng: Random
    tasks: list[Task] = field(default_factory=list)
    waiting: list[tuple[datetime, set[int]]] = field(default_factory=list)
    doubtful: set[int] = field(default_factory=set)

    def live(self) -> Period:
        """June and July as they came, both finalized."""
        for number in range(1, ITEMS + 1):
            cycle = "quarterly" if number == ITEMS else "monthly"
            self.tasks.append(make_item(self.plan, self.cast, number, cycle=cycle))
        for number in range(1, PROJECTS + 1):
            self.tasks.append(self._project(number))
        for task in self.tasks:
            first = QUARTER if task.cycle == "quarterly" else JUNE
            self._file(task, first, "2022-07-04", always=self.rng.random() < 0.8)
        for code in (JUNE, QUARTER):
            self._finalize(code, "2022-07-12")
        for task in self.tasks:
            if task.cycle == "monthly":
                self._file(task, JULY, self.rng.choice(["2022-08-03", "2022-08-04"]))
        return self._finalize(JULY, "2022-08-12")

    def _project(self, number: int) -> Task:
        """Of two promises: a number, and a thing that two steps stand for."""
        task = make_item(
            self.plan,
            self.cast,
            number,
            kind="practical_project",
            short_title=f"环线建设{number}",
            text="改造道路300公里，贯通全线。",
        )
        lead = task.responsibilities.get(is_primary=True)
        steps = [make_milestone(task, lead, day) for day in (date(2022, 5, 31), date(2022, 11, 30))]
        steps[0].done_on = self.rng.choice([None, date(2022, 5, 20)])
        steps[0].save(update_fields=["done_on"])
        numbered, whole = stored(task, ("改造道路300公里", "贯通全线"))
        task.indicators.update(commitment=numbered)
        task.milestones.update(commitment=whole)
        return task

    def read_on(self, now: datetime) -> None:
        """The office reads on after 定稿, and gives back; what waited is judged again."""
        for report in ProgressReport.objects.filter(state="reviewing").order_by("pk"):
            fate = self.rng.choice(["accepted", "returned", "twice", "none", "none"])
            if fate in ("returned", "twice"):
                self._return(report, now - timedelta(hours=1))
            if fate == "twice":
                self._reopen(report, now)
                self._send(report, now)
            if fate == "accepted":
                self._accept(report, now)
            if fate in ("accepted", "returned"):
                _, waited = self.waiting[-1]
                self.waiting.append((now, waited - {report.task.pk}))

    def waited(self, moment: datetime) -> set[int]:
        """What lay unread at a moment after the 定稿."""
        return [waited for since, waited in self.waiting if since <= moment][-1]

    def _finalize(self, code: str, day: str) -> Period:
        period = period_of(self.plan, code)
        waited = {
            report.task.pk
            for report in ProgressReport.objects.filter(period=period, state="reviewing")
            if report.accepted_version_id is None
        }
        self.waiting = [(at(day), waited)]
        finalize(period=period, actor=self.cast.office, now=at(day), reason=REASON)
        return Period.objects.select_related("plan").get(pk=period.pk)

    def _file(self, task: Task, code: str, day: str, *, always: bool = False) -> None:
        fate = "accepted" if always else self._fate()
        report, now = report_of(task, self.cast.lead, code), at(day)
        if fate == "none":
            return
        self._send(report, now)
        if fate == "returned":
            self._return(report, now)
        elif fate == "twice":
            self._return(report, now)
            self._send(report, now + timedelta(hours=2))
        if fate in ("accepted", "twice", "corrected"):
            self._accept(report, now + timedelta(hours=3))
        if fate == "corrected":
            later = now + timedelta(hours=5)
            by_office.correct(report=report, actor=self.cast.reporter, now=later, reason="多计。")
            self._send(report, later)
            if self.rng.random() < 0.5:
                self._accept(report, later + timedelta(hours=1))

    def _fate(self) -> str:
        fates = ("none", "accepted", "waiting", "returned", "twice", "corrected")
        return self.rng.choices(fates, weights=(2, 3, 3, 1, 1, 2))[0]

    def _send(self, report: ProgressReport, now: datetime) -> None:
        report.refresh_from_db()
        fill(report, self.cast.reporter, now, self._km(report))
        version = report.latest()
        assert version is not None
        known = f"R{report.pk}V{version.number}。"
        ahead = self.rng.choice(["7月20日前", "8月10日前", "8月31日前", "10月31日前"])
        said: dict[str, Any] = {
            "progress": f"进展{known}",
            "light_reason": f"原因{known}",
            "next_steps": f"{ahead}完成安排{known}",
        }
        fill(report, self.cast.reporter, now, **said)
        latest = report.latest()
        assert latest is not None
        said |= {f"explanation:{each.key}": "示例。" for each in examine(latest).findings}
        fill(report, self.cast.reporter, now, **said)
        by_unit.submit(report=report, actor=self.cast.reporter, now=now)
        by_unit.sign(report=report, actor=self.cast.signer, now=now)

    def _km(self, report: ProgressReport) -> int:
        return (80 if report.period.code == JULY else 60) + self.rng.randrange(15)

    def _return(self, report: ProgressReport, now: datetime) -> None:
        moment = now + timedelta(hours=1)
        by_office.return_to_unit(
            report=report, actor=self.cast.office, now=moment, reason="请核对。"
        )

    def _reopen(self, report: ProgressReport, now: datetime) -> None:
        report.refresh_from_db()
        until = (now + timedelta(days=5)).date()
        by_office.reopen(
            report=report, actor=self.cast.office, now=now, reason="重算。", until=until
        )

    def _accept(self, report: ProgressReport, now: datetime) -> None:
        report.refresh_from_db()
        by_office.accept(report=report, actor=self.cast.office, now=now)
        version = report.latest()
        if version is not None and self.rng.random() < 0.2:
            self._doubt(version)

    def _doubt(self, version: ReportVersion) -> None:
        """More finished than begun, and nobody has said why."""
        readings = version.readings.all()
        if readings:
            version.readings.update(started=1)
            ReportVersion.objects.filter(pk=version.pk).update(explanations={})
            self.doubtful.add(version.pk)


def days_after(day: date, count: int) -> datetime:
    """Ten o'clock so many days later."""
    return at((day + timedelta(days=count)).isoformat())
