"""Years to test the whole site on, each made once for a module and undone at its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from huangshi_tasks.lib import clock
from tasks.models import Plan
from tests.addresses import SmallYear, make_small_year
from tests.cast import Cast, make_plan


@pytest.fixture(scope="module")
def module_year(django_db_setup: None, django_db_blocker: Any) -> Iterator[SmallYear]:
    """The small year in a transaction of the module; tests undo what they do on top of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_small_year(Cast(), make_plan())
        transaction.set_rollback(True)


@pytest.fixture
def year(module_year: SmallYear, db: None) -> SmallYear:
    return module_year


def _refresh_statistics(statement: str) -> None:
    """PostgreSQL plans by statistics that no transaction of tests ever leaves behind."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.fixture(scope="module")
def sample_year(django_db_setup: None, django_db_blocker: Any) -> Iterator[Plan]:
    """Plan and sample, in a transaction that is undone at the end of the module."""
    clock.configure(date(2022, 8, 3))
    with django_db_blocker.unblock():
        _refresh_statistics("VACUUM (ANALYZE)")  # the rows that earlier tests took back
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_plan", verbosity=0)
        _refresh_statistics("ANALYZE")
        call_command("load_sample", verbosity=0)
        call_command("rebuild_boards", stdout=StringIO())  # what an ordinary visit finds
        yield Plan.objects.get(slug="2022")
        transaction.set_rollback(True)
    clock.configure(None)
