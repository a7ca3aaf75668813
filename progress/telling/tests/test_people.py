"""Whom a notice of an item reaches, by date."""

from datetime import date, timedelta

import pytest

from progress.telling.people import leads_of
from tasks.models import Responsibility, Task
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TODAY, HANDOVER = date(2022, 8, 3), date(2022, 10, 1)


def test_a_planned_succession_silences_nobody_before_its_day(task: Task, cast: Cast) -> None:
    held = Responsibility.objects.get(task=task, is_primary=True)
    held.ends_on = HANDOVER - timedelta(days=1)
    held.save()
    Responsibility.objects.create(
        task=task,
        unit=cast.stranger,
        role="lead",
        is_primary=True,
        ordinal=1,
        starts_on=HANDOVER,
    )
    assert leads_of(task, TODAY) == [cast.lead]
    assert leads_of(task, HANDOVER) == [cast.stranger]
