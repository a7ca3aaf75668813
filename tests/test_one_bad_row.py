"""One bad row in the middle of ten: the other nine are done, and the run of the job names it. One
test a job.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.files.base import ContentFile
from django.db import OperationalError

from huangshi_tasks.lib import clock
from progress import jobs, nightly
from progress.evidence import scans
from progress.models import Evidence, EvidenceKind, Period, ProgressReport, Reminder, ReminderState
from progress.periods import opening
from progress.reminding import messages, planning, run
from progress.reminding.case import Case
from progress.reminding.open import filings
from progress.telling.notice import tell
from reports.exports import asking, running
from reports.exports.asking import ask
from reports.jobs import clear_exports, run_exports
from reports.models import Export, ExportState
from tasks.models import Plan, Task
from tests.cast import Cast, at, attach, fill, make_actor, make_item, only_filings, report_of
from tests.month import cast, plan
from units.errors import ends_the_run
from units.files.scanning import ScanState
from units.job_runs import noted, one_by_one
from units.models import JobRun, Role

__all__ = ["cast", "plan"]  # and what stands below
pytestmark = pytest.mark.django_db
WEDNESDAY = at("2022-08-03", "09:00:00")
TEN = range(1, 11)


class Poison(Exception):  # noqa: N818
    """Of a class that nobody expects."""


def poisoned(right: Callable[..., Any], nth: int = 5) -> Callable[..., Any]:
    """The same, but its n-th call fails."""
    calls = []

    def wrong(*given: Any, **named: Any) -> Any:
        calls.append(given)
        if len(calls) == nth:
            raise Poison
        return right(*given, **named)

    return wrong


@pytest.fixture
def a_day() -> Any:
    clock.configure(WEDNESDAY.date())
    yield
    clock.configure(None)


@pytest.fixture
def items(plan: Plan, cast: Cast) -> list[Task]:
    only_filings(plan)
    return [make_item(plan, cast, number) for number in TEN]


def named(job: str) -> str:
    """What is noted of the newest run, which has come to its end."""
    row = JobRun.objects.get(name=job)
    assert row.finished_at is not None
    return row.error


def test_the_other_periods_of_a_year_and_the_other_years_are_opened(
    items: list[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.configure(date(2023, 1, 3))
    monkeypatch.setattr(opening, "ensure_reports", poisoned(opening.ensure_reports))
    try:
        jobs.open_periods()
    finally:
        clock.configure(None)
    monthly = Period.objects.filter(cycle="monthly")
    assert ProgressReport.objects.count() == (monthly.count() - 1) * len(TEN)
    assert named("progress.jobs.open_periods").startswith("1项未能处理：填报期 ")
    seen = []
    monkeypatch.setattr(run, "open_due_periods", poisoned(lambda p, day: seen.append(p), 1))
    Plan.objects.create(
        series="示例", year=2023, slug="2023", title="示例", issued_on=date(2023, 1, 1),
        document_number="示例", source_text="", state="active",
    )  # fmt: skip
    run.open_periods()
    assert len(seen) == 1


@pytest.mark.parametrize("where", ["its lines", "the ledger"])
def test_the_other_cases_are_planned(
    items: list[Task], cast: Cast, a_day: None, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    july(items, cast)
    right = planning._rows_of

    def broken(case: Case, *rest: Any) -> list[Reminder]:
        rows = right(case, *rest)
        if case.task == items[4]:
            if where == "its lines":
                raise Poison
            rows[-1].text = 5  # what no ledger takes
        return rows

    monkeypatch.setattr(planning, "_rows_of", broken)
    clock_run(WEDNESDAY)
    told = Reminder.objects.filter(state=ReminderState.SENT)
    assert {row.report.task.number for row in told if row.report} == set(TEN) - {5}
    assert named("progress.jobs.send_reminders").startswith("1项未能处理：")


def july(items: list[Task], cast: Cast) -> None:
    """The filings of July are asked for, and no others."""
    report_of(items[0], cast.lead)


def clock_run(now: Any) -> None:
    with noted("progress.jobs.send_reminders"):
        run.remind(now=now, at=now)


def test_a_kind_that_cannot_be_looked_at_leaves_the_others_and_cancels_nothing(
    items: list[Task], cast: Cast, a_day: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    july(items, cast)
    planning.plan_reminders(now=WEDNESDAY)
    planned = Reminder.objects.filter(state=ReminderState.DUE).count()
    assert planned >= len(TEN)

    def broken(*given: Any) -> Any:
        raise Poison

    with monkeypatch.context() as wrong:
        wrong.setattr(filings, "cases", broken)
        clock_run(WEDNESDAY)
    assert Reminder.objects.filter(state=ReminderState.SENT).count() == planned
    assert named("progress.jobs.send_reminders") == "1项未能处理：2022年报送提醒（Poison）"
    assert not Reminder.objects.filter(state=ReminderState.CANCELLED).exists()


def test_the_other_groups_hear_of_their_deadline(
    items: list[Task], a_day: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs.open_periods()
    monkeypatch.setattr(messages, "group", lambda: ["示例"])
    monkeypatch.setattr(messages, "_tell_group", poisoned(lambda *_: 1, 2))
    opened = Period.objects.opened(WEDNESDAY.date()).count()
    assert messages.make_group_messages(now=WEDNESDAY, at=WEDNESDAY) == opened - 1


def test_the_other_people_are_told(
    cast: Cast, a_day: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [make_actor(Role.REPORTER, cast.lead, name=f"示例{number}") for number in TEN]
    for actor in people:
        tell({actor.user: None}, f"t:{actor.user.pk}", "x", "示例", "", now=WEDNESDAY, urgency=1)
    monkeypatch.setattr(messages, "_tell", poisoned(messages._tell))
    jobs.send_notices()
    assert Reminder.objects.filter(state=ReminderState.SENT).count() == 9
    assert "账号 " in named("progress.jobs.send_notices")


def test_the_other_files_are_scanned(
    items: list[Task], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for task in items:
        report = report_of(task, cast.lead)
        fill(report, cast.reporter, WEDNESDAY)
        kept = attach(report, cast.reporter, WEDNESDAY, EvidenceKind.PHOTO)
        kept.scan = ScanState.WAITING
        kept.file.save("x.pdf", ContentFile(b"x"))
    right = scans._scan_one
    monkeypatch.setattr(scans, "_scan_one", poisoned(right))
    jobs.scan_waiting()
    waiting = Evidence.objects.filter(scan=ScanState.WAITING)
    assert waiting.count() == 1
    assert named("progress.jobs.scan_waiting").startswith("1项未能处理：")


@pytest.fixture
def exports(plan: Plan, cast: Cast) -> list[Export]:
    people = [make_actor(Role.OFFICE, name=f"示例{number}") for number in TEN]
    asked = partial(ask, plan=plan, book="ledger", title="任务台账", query="", now=WEDNESDAY)
    return [asked(actor=actor) for actor in people]


def test_the_other_exports_are_made(exports: list[Export], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "run", poisoned(lambda pk, *, now: True))
    run_exports()
    assert named("reports.jobs.run_exports") == f"1项未能处理：导出任务 {exports[4].pk}（Poison）"


def test_the_other_exports_are_made_although_one_can_neither_be_made_nor_marked(
    exports: list[Export], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "_make", poisoned(running._make))
    monkeypatch.setattr(running, "_fail", poisoned(running._fail, 1))
    run_exports()
    assert Export.objects.filter(state=ExportState.READY).count() == 9
    assert Export.objects.get(state=ExportState.RUNNING) == exports[4]


def test_the_other_abandoned_exports_are_given_up(
    exports: list[Export], monkeypatch: pytest.MonkeyPatch
) -> None:
    Export.objects.update(state=ExportState.RUNNING, started_at=at("2022-08-01"))
    monkeypatch.setattr(running, "_fail", poisoned(running._fail))
    run_exports()
    assert Export.objects.filter(state=ExportState.FAILED).count() == 9


def test_the_other_exports_are_cleared(
    exports: list[Export], monkeypatch: pytest.MonkeyPatch
) -> None:
    Export.objects.update(state=ExportState.READY, expires_at=at("2022-08-01"), file="exports/x")
    monkeypatch.setattr(asking, "_expire", poisoned(asking._expire))
    clear_exports()
    assert Export.objects.filter(state=ExportState.EXPIRED).count() == 9
    assert named("reports.jobs.clear_exports").startswith("1项未能处理：导出任务 ")


def test_the_other_chores_of_the_night_are_done(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[object] = []
    monkeypatch.setattr(nightly, "first_bad_position", poisoned(lambda: None, 1))
    monkeypatch.setattr(nightly, "_check_calendar", done.append)
    monkeypatch.setattr(nightly, "call_command", done.append)
    jobs.nightly()
    assert len(done) == 2
    assert named("progress.jobs.nightly") == "1项未能处理：核对操作日志（Poison）"


def test_the_end_of_its_time_and_a_database_that_is_away_end_a_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def times_out(row: int) -> None:
        raise SoftTimeLimitExceeded

    with pytest.raises(SoftTimeLimitExceeded):
        one_by_one(TEN, times_out)
    assert not ends_the_run(OperationalError("this statement alone"))
    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.is_usable", None)
    monkeypatch.setattr("units.errors.connection.is_usable", lambda: False, raising=False)
    assert ends_the_run(OperationalError("the server closed the connection"))
