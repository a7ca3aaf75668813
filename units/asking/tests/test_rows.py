"""Prepared rows are those of the queryset, whatever is given and whatever is left out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db.models import QuerySet

from units.asking.rows import prepared_rows
from units.models import Appointment, Role, Unit, User

pytestmark = pytest.mark.django_db
DAYS = (date(2021, 12, 31), date(2022, 1, 1), date(2022, 6, 30), date(2022, 7, 1))


def held_by(unit_id: int | None, day: date) -> QuerySet[Any, Any]:
    held = Appointment.objects.on(day).order_by("pk")
    if unit_id is not None:
        held = held.filter(unit=unit_id)
    return held.values_list("unit__name", "starts_on", "is_head", "user__date_joined", "ends_on")


@pytest.fixture
def units() -> list[Unit]:
    made = []
    for name in ("甲局", "乙局"):
        unit = Unit.objects.create(name=name, kind="municipal_department")
        user = User.objects.create(username=f"示例{name}", display_name=name)
        Appointment.objects.create(
            user=user, role=Role.REPORTER, unit=unit, starts_on="2022-01-01", is_head=True
        )
        Appointment.objects.create(
            user=user, role=Role.SIGNER, unit=unit, starts_on="2021-01-01", ends_on="2022-06-30"
        )
        made.append(unit)
    return made


def test_every_argument_finds_its_own_rows(units: list[Unit]) -> None:
    prepared = prepared_rows(held_by)
    sizes = set()
    for unit in (*(unit.pk for unit in units), None, 0):
        for day in DAYS:
            found = prepared(unit, day)
            assert found == list(held_by(unit, day)), (unit, day)
            sizes.add(len(found))
    assert sizes == {0, 1, 2, 4}


def test_its_text_is_made_once(units: list[Unit]) -> None:
    asked: list[object] = []

    def make(unit_id: int) -> QuerySet[Any, Any]:
        asked.append(unit_id)
        return Unit.objects.filter(pk=unit_id).values_list("name")

    prepared = prepared_rows(make)
    assert [prepared(unit.pk) for unit in units] == [[("甲局",)], [("乙局",)]]
    assert len(asked) == 1
    assert asked != [units[0].pk]


def test_what_the_model_gives_in_another_shape_comes_in_that(units: list[Unit]) -> None:
    prepared = prepared_rows(
        lambda day: Appointment.objects.on(day).values_list("starts_on", "is_head")
    )
    (first, *_) = sorted(prepared(date(2022, 3, 1)))
    assert first == (date(2021, 1, 1), False)
    assert type(first[1]) is bool


def test_it_is_one_query(units: list[Unit], django_assert_num_queries: Any) -> None:
    prepared = prepared_rows(held_by)
    with django_assert_num_queries(2):
        prepared(units[0].pk, DAYS[1])
        prepared(None, DAYS[1])
