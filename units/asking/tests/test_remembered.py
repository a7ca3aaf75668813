"""What a prepared query remembers, for how long, and what it may not remember."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F, IntegerField, QuerySet
from django.db.models.lookups import IsNull
from django.test.utils import CaptureQueriesContext

from units.asking.prepared import Many, prepared
from units.asking.rows import remembered_rows
from units.asking.watched import unwatched
from units.models import Appointment, JobRun, Unit, User
from units.stamps.current import current
from units.stamps.lasting import answering, until_written
from units.stamps.shown import FINALIZED, LIVE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_served")]


@prepared(FINALIZED, units=Many(IntegerField()))
def named(units: Any) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=units).order_by("pk")


@pytest.fixture
def unit() -> Unit:
    return Unit.objects.create(name="示例局", kind="municipal_department")


def asked(ask: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


def test_a_request_that_reads_asks_once_until_something_is_written(unit: Unit) -> None:
    with answering(current()):
        assert named(units=[unit.pk]) == [unit]
        assert asked(lambda: named(units=[unit.pk])) == 0
        assert named(units=[unit.pk])[0].name == "示例局"
        assert named(units=[unit.pk + 1]) == []
    Unit.objects.update(name="另一局")
    with answering(current()):
        assert [each.name for each in named(units=[unit.pk])] == ["另一局"]


def test_each_gets_objects_of_its_own(unit: Unit) -> None:
    with answering(current()):
        named(units=[unit.pk])[0].name = "改过的"
        assert named(units=[unit.pk])[0].name == "示例局"


def test_nothing_is_remembered_where_something_may_be_written(unit: Unit) -> None:
    assert asked(lambda: named(units=[unit.pk])) == 1
    assert asked(lambda: named(units=[unit.pk])) == 1
    with answering(current()):
        named(units=[unit.pk])
        with transaction.atomic():
            Unit.objects.update(name="收回的")
            assert named(units=[unit.pk])[0].name == "收回的"
            transaction.set_rollback(True)
        assert named(units=[unit.pk])[0].name == "示例局"


def test_a_request_that_may_write_remembers_until_it_has_written(unit: Unit) -> None:
    session = SimpleNamespace(stamps=current())
    with until_written(session):
        named(units=[unit.pk])
        assert asked(lambda: named(units=[unit.pk])) == 0
        with transaction.atomic():  # what is decided under a lock is asked under it
            assert asked(lambda: named(units=[unit.pk])) == 1
        Unit.objects.update(name="改过的")
        assert session.stamps is None
        assert named(units=[unit.pk])[0].name == "改过的"
        assert asked(lambda: named(units=[unit.pk])) == 1


def test_what_is_written_in_a_transaction_that_is_taken_back_ends_it_too(unit: Unit) -> None:
    session = SimpleNamespace(stamps=current())
    with until_written(session):
        named(units=[unit.pk])
        with transaction.atomic():
            Unit.objects.filter(pk=unit.pk).update(name="收回的")
            transaction.set_rollback(True)
        assert asked(lambda: named(units=[unit.pk])) == 1
        assert named(units=[unit.pk])[0].name == "示例局"


def test_nothing_is_remembered_of_many_at_once(unit: Unit) -> None:
    many = [unit.pk, *range(1000, 1100)]
    with answering(current()):
        assert named(units=many) == [unit]
        assert asked(lambda: named(units=many)) == 1


def test_rows_are_remembered_for_each_choice_of_what_is_left_out(unit: Unit) -> None:
    @remembered_rows(FINALIZED)
    def held(unit_id: int | None, day: date) -> QuerySet[Any, Any]:
        found = Appointment.objects.on(day)
        return (found if unit_id is None else found.filter(unit=unit_id)).values_list("role")

    user = User.objects.create(username="示例", display_name="示例")
    Appointment.objects.create(user=user, role="office", starts_on="2022-01-01")
    day = date(2022, 8, 3)
    with answering(current()):
        assert (held(None, day), held(unit.pk, day)) == ([("office",)], [])
        assert asked(lambda: (held(None, day), held(unit.pk, day))) == 0


def test_what_no_stamp_tells_of_is_not_remembered() -> None:
    def of(says: Any, *topics: str) -> Any:
        return lambda: remembered_rows(*topics)(says)()

    with pytest.raises(TypeError, match=r"units_jobrun\b.*no topic"):
        of(lambda: JobRun.objects.values_list("pk"), FINALIZED, LIVE)()
    with pytest.raises(TypeError, match=r"units_user\.last_login: no topic"):
        of(lambda: User.objects.values_list("last_login"), FINALIZED)()
    with pytest.raises(TypeError, match=r"units_unit\b.*no topic"):
        of(lambda: Unit.objects.values_list("pk"), LIVE)()
    filled = IsNull(F("last_login"), False)
    of(lambda: User.objects.annotate(filled=filled).values_list("filled"), FINALIZED, LIVE)()


def test_what_a_subquery_reads_is_looked_at_too() -> None:
    old = User.objects.filter(last_login__year=2021).values("pk")
    sql = str(Appointment.objects.filter(user__in=old).values_list("pk").query)
    assert "units_user.last_login" in unwatched(sql, [FINALIZED])
    assert unwatched(str(Appointment.objects.values_list("pk").query), [FINALIZED]) == set()
