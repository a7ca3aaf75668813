"""A prepared query gives what its QuerySet gives, whatever the values, and is written once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import CharField, DateField, IntegerField, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext

from huangshi_tasks.lib import clock
from progress.models import ProgressReport
from tasks.models import Responsibility, Task
from tests.cast import Cast
from units.actors import Actor
from units.asking.prepared import Many, attach, prepared
from units.models import Appointment, Role, Unit

pytestmark = pytest.mark.django_db

DAY = date(2022, 8, 3)


@prepared(day=DateField(), units=Many(IntegerField()), role=CharField())
def held(day: Any, units: Any, role: Any) -> QuerySet[Appointment]:
    found = Appointment.objects.on(day).filter(unit__in=units, role=role)
    return found.select_related("user", "unit").order_by("pk")


@prepared(unit=IntegerField())
def names(unit: Any) -> QuerySet[Unit, tuple[Any, ...]]:
    known = Unit.objects.exclude(name__contains="100%").order_by()
    named = known.values_list(Value(7), "pk", "name")
    return named.filter(pk=unit).union(named.filter(parent=unit), all=True)


@prepared(day=DateField())
def seen(actor: Actor, day: Any) -> QuerySet[ProgressReport, int]:
    reports = ProgressReport.objects.visible_to(actor).filter(period__opens_on__lte=day)
    return reports.order_by("pk").values_list("pk", flat=True)


def test_it_gives_what_the_queryset_gives_for_any_values(cast: Cast) -> None:
    units = list(Unit.objects.values_list("pk", flat=True))
    for role in (Role.REPORTER, Role.SIGNER, Role.OFFICE):
        for those in (units, units[:1], units[1:], []):
            given: dict[str, Any] = {"day": DAY, "units": those, "role": role}
            assert held(**given) == list(held.queryset(**given))
    found = held(day=DAY, units=units, role=Role.REPORTER)
    assert found
    with CaptureQueriesContext(connection) as queries:
        assert [each.user.username for each in found]  # what was joined is at hand
    assert not queries.captured_queries


def test_rows_of_a_union_keep_what_the_query_says_itself(cast: Cast) -> None:
    for unit in Unit.objects.all():
        rows = names(unit=unit.pk)
        assert sorted(rows) == sorted(names.queryset(unit=unit.pk))
        assert rows[0] == (7, unit.pk, unit.name)


def test_its_text_is_written_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    held(day=DAY, units=[1], role=Role.REPORTER)
    written: list[SQLCompiler] = []
    monkeypatch.setattr(SQLCompiler, "as_sql", lambda self, *_: written.append(self))
    held(day=DAY + timedelta(days=1), units=[1, 2], role=Role.SIGNER)
    assert not written


def test_every_role_has_a_text_of_its_own(cast: Cast, report: ProgressReport) -> None:
    people = (cast.reporter, cast.stranger_reporter, cast.office, cast.leader, cast.admin)
    found = {person.role: seen(person, day=DAY) for person in people}
    for person in people:
        assert seen(person, day=DAY) == list(seen.queryset(person, day=DAY))
    assert report.pk in found[Role.OFFICE]
    assert found[Role.ADMIN] == []
    assert report.pk in seen(cast.reporter, day=DAY)
    assert report.pk not in seen(cast.stranger_reporter, day=DAY)


def test_nothing_is_equal_to_none(cast: Cast) -> None:
    with pytest.raises(ValueError, match="role"):
        held(day=DAY, units=[1], role=None)


def test_a_day_that_would_stand_still_is_refused(db: None) -> None:
    @prepared()
    def today() -> QuerySet[Responsibility]:
        return Responsibility.objects.on(clock.today())

    with pytest.raises(TypeError, match="stand still"):
        today()


def test_more_than_the_role_of_an_actor_is_refused(cast: Cast) -> None:
    @prepared()
    def of_post(actor: Actor) -> QuerySet[Appointment]:
        return Appointment.objects.filter(post=actor.appointment.post_id)

    with pytest.raises(AttributeError):
        of_post(cast.leader)


def test_what_it_leaves_open_is_named(db: None) -> None:
    with pytest.raises(TypeError, match="leaves open"):
        prepared(day=DateField())(lambda unit: Unit.objects.filter(pk=unit))


def test_attached_rows_are_as_if_prefetched(task: Task) -> None:
    rows = list(Responsibility.objects.filter(task=task))
    attach([task], "responsibilities", rows, "task")
    with CaptureQueriesContext(connection) as queries:
        assert list(task.responsibilities.all()) == rows
        assert all(row.task is task for row in task.responsibilities.all())
    assert not queries.captured_queries
    assert not task.responsibilities.filter(pk=-1)  # asked anew, of this item
    assert set(task.responsibilities.filter(pk__gt=0)) == set(rows)
