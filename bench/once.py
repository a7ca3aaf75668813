"""What a year does only once: 定稿 of every item, the board after it, 催办 of everything overdue.

Each is carried out some times and taken back, in a process of its own: CPU of that process and of
its connection, without a server between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

from bench.load.processes import own_cpu_ms
from bench.page_counts import counting
from bench.page_list import PEOPLE

if TYPE_CHECKING:
    from progress.models import Period

ACTS = ("finalize", "board", "urge")
TIMES = 5
Figures = dict[str, Any]


def measured() -> dict[str, Figures]:
    """Act → milliseconds and counts, on the database of this process."""
    import django

    django.setup()
    from django.db import connection

    from huangshi_tasks.lib.clock import SHANGHAI
    from progress.board.keeping import write
    from progress.finalizing.finalize import finalize
    from progress.models import Period
    from progress.urging.acts import urge
    from progress.urging.unreported import overdue_in
    from tasks.models import Plan
    from units.actors import Actor
    from units.models import Appointment

    plan = Plan.objects.get(slug="2022")
    held = Appointment.objects.get(user__username=PEOPLE["office"])
    office = Actor(held.user, held)
    last = _last_of_each_cycle(Period.objects.filter(plan=plan).order_by("data_as_of"))
    closed = max(period.closes_on for period in last) + timedelta(days=1)
    late = max(period.due_on for period in last) + timedelta(days=1)  # and may still be filed

    def at(day: date) -> datetime:
        return datetime.combine(day, time(9), SHANGHAI)

    def finalize_all() -> None:
        for period in last:
            finalize(period=period, actor=office, now=at(closed), reason="不等审核，按时定稿")

    def urge_all() -> None:
        urge(subjects=overdue_in([plan], late), actor=office, now=at(late))

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    acts: list[tuple[Callable[[], None], Callable[[], None]]] = [
        (lambda: _open_again(last), finalize_all),
        (_raise_stamp, lambda: write(plan, closed)),
        (lambda: None, urge_all),
    ]
    return {name: _measure(*each, backend) for name, each in zip(ACTS, acts, strict=True)}


def _last_of_each_cycle(periods: Any) -> list[Period]:
    return list({period.cycle: period for period in periods}.values())


def _open_again(periods: list[Period]) -> None:
    """As the evening before: what was finalized of them is not."""
    from progress.models import PeriodState, TaskPeriod

    for period in periods:
        TaskPeriod.objects.filter(period=period).delete()
        type(period).objects.filter(pk=period.pk).update(state=PeriodState.COLLECTING)
        period.refresh_from_db()


def _raise_stamp() -> None:
    """Something shown was written: the board is written again."""
    from units.models import Stamp
    from units.stamps.shown import FINALIZED

    Stamp.objects.create(topic=FINALIZED, n=1)


def _measure(before: Callable[[], None], act: Callable[[], None], backend: int) -> Figures:
    waits, cpu, database = [], 0.0, 0.0
    for turn in range(TIMES + 1):
        with _taken_back():
            before()
            with counting() as cost:
                begun, spent, backends = perf_counter(), process_time(), own_cpu_ms(backend)
                act()
                if turn:  # the first makes the texts of queries
                    cpu += (process_time() - spent) * 1000
                    database += own_cpu_ms(backend) - backends
                    waits.append((perf_counter() - begun) * 1000)
    times = {
        "cpu_ms": round(cpu / TIMES, 2),
        "db_ms": round(database / TIMES, 2),
        "median_ms": round(median(waits), 1),
        "p95_ms": round(quantiles(waits, n=20)[18], 1),
        "bytes": 0,
        "wire_bytes": 0,
    }
    return times | cost()._asdict()


@contextmanager
def _taken_back() -> Iterator[None]:
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)
