import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from celery.schedules import crontab

from huangshi_tasks import scheduler
from huangshi_tasks.beat import Beat
from huangshi_tasks.celery import BEAT_SCHEDULE, app
from huangshi_tasks.lib.clock import SHANGHAI
from huangshi_tasks.scheduler import Scheduler
from units.job_runs import overdue
from units.models import JobRun

SCHEDULE = {
    "morning": {"task": "morning", "schedule": crontab(minute=0, hour=8)},
    "often": {"task": "often", "schedule": crontab(minute="*/10", hour="8-20")},
}


class Day:
    """A clock that the test turns, and a list of what ran when."""

    def __init__(self) -> None:
        self.now = datetime(2022, 8, 3, 7, 30, tzinfo=SHANGHAI)
        self.ran: list[tuple[str, str]] = []
        self.scheduler = Scheduler(SCHEDULE, self.run, lambda: self.now)

    def run(self, task: str) -> None:
        self.ran.append((f"{self.now:%d %H:%M}", task))

    def pass_minutes(self, minutes: int) -> None:
        for _ in range(minutes):
            self.scheduler.tick()
            self.now += timedelta(minutes=1)


def test_every_job_runs_once_at_start() -> None:
    day = Day()
    assert day.scheduler.tick() == ["morning", "often"]
    assert day.scheduler.tick() == []


def test_jobs_run_at_their_minutes_of_the_shanghai_day() -> None:
    day = Day()
    day.pass_minutes(60)
    assert day.ran[2:] == [
        ("03 08:00", "morning"),
        ("03 08:00", "often"),
        ("03 08:10", "often"),
        ("03 08:20", "often"),
    ]


def test_no_job_runs_at_night() -> None:
    day = Day()
    day.now = datetime(2022, 8, 3, 21, 0, tzinfo=SHANGHAI)
    day.pass_minutes(11 * 60)
    assert {moment for moment, _ in day.ran} == {"03 21:00"}


def test_a_machine_that_slept_runs_what_it_missed_once() -> None:
    day = Day()
    day.scheduler.tick()
    day.now += timedelta(hours=30)
    assert day.scheduler.tick() == ["morning", "often"]
    assert day.scheduler.tick() == []


def test_a_clock_that_was_set_back_stops_no_job(caplog: pytest.LogCaptureFixture) -> None:
    day = Day()
    day.now = datetime(2030, 1, 1, 9, 0, tzinfo=SHANGHAI)
    day.scheduler.tick()
    day.now = datetime(2022, 8, 3, 9, 0, tzinfo=SHANGHAI)
    assert day.scheduler.tick() == ["morning", "often"]
    assert "The clock was set back: morning" in caplog.text
    assert day.scheduler.tick() == []


def test_beat_runs_what_it_has_a_later_run_of(tmp_path: Path) -> None:
    beat = Beat(app, schedule_filename=str(tmp_path / "beat"), lazy=True)
    beat.setup_schedule()
    try:
        entry = beat.schedule["send notices"]
        entry.last_run_at = datetime(2099, 1, 1, tzinfo=SHANGHAI)
        assert beat.is_due(entry)[0]
        entry.last_run_at = datetime.now(SHANGHAI)
        assert not beat.is_due(entry)[0]
    finally:
        beat.close()


def test_a_job_noted_later_than_now_is_late_and_named(db: None) -> None:
    now = datetime(2022, 8, 3, 9, 0, tzinfo=SHANGHAI)
    for name, at in (("ahead", datetime(2030, 1, 1, tzinfo=SHANGHAI)), ("now", now)):
        JobRun.objects.create(name=name, started_at=at, finished_at=at)
    assert overdue({"ahead": timedelta(hours=1), "now": timedelta(hours=1)}, now) == ["ahead"]


def test_a_job_that_fails_is_logged_and_does_not_stop_the_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    ran = []

    def run(task: str) -> None:
        if task == "morning":
            raise RuntimeError("no mail server")
        ran.append(task)

    Scheduler(SCHEDULE, run, lambda: datetime.now(SHANGHAI)).tick()
    assert ran == ["often"]
    assert "The job morning failed" in caplog.text
    assert "no mail server" in caplog.text


def test_only_one_process_holds_the_lock(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with scheduler.sole_runner(lock) as first:
        assert first
        with scheduler.sole_runner(lock) as second:
            assert not second
    with scheduler.sole_runner(lock) as third:
        assert third


def test_the_loop_ticks_until_it_is_stopped(tmp_path: Path) -> None:
    stop, ticks = threading.Event(), []

    def tick() -> None:
        ticks.append(1)
        stop.set()

    scheduler.loop(stop, tick, tmp_path / "lock")
    assert ticks == [1]


def test_every_scheduled_job_exists_and_expires_before_its_next_turn() -> None:
    app.loader.import_default_modules()
    for entry in BEAT_SCHEDULE.values():
        assert entry["task"] in app.tasks
        assert 0 < entry["options"]["expires"] < _most(entry["schedule"])


def _most(given: crontab | timedelta) -> float:
    """Seconds between two turns, at least."""
    if isinstance(given, timedelta):
        return given.total_seconds()
    return 24 * 3600 if len(given.hour) == 1 else 3600


def test_a_job_of_every_ten_seconds_runs_so_often_beside_those_of_a_minute() -> None:
    day = Day()
    every = {"task": "every", "schedule": timedelta(seconds=10)}
    day.scheduler = Scheduler({**SCHEDULE, "every": every}, day.run, lambda: day.now)
    for _ in range(12):
        day.scheduler.tick()
        day.now += timedelta(seconds=5)
    assert [task for _, task in day.ran].count("every") == 6
    day.now -= timedelta(days=365)
    assert "every" in day.scheduler.tick()


def test_a_job_is_run_in_this_thread_and_its_error_is_raised(db: None) -> None:
    def fails() -> None:
        raise LookupError(threading.current_thread().name)

    app.task(name="tests.fails")(fails)
    try:
        with pytest.raises(LookupError, match=threading.current_thread().name):
            scheduler.run_job("tests.fails")
    finally:
        app.tasks.unregister("tests.fails")
