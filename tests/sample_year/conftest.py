"""The sample year, loaded once for all tests of this folder: it takes a minute.

One worker runs them (`pytest_xdist_make_scheduler` in the conftest above).
"""

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


def _refresh_statistics(statement: str) -> None:
    """PostgreSQL plans by statistics that no transaction of tests ever leaves behind."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.fixture(scope="package")
def sample_year(django_db_setup: None, django_db_blocker: Any) -> Iterator[Plan]:
    """Plan and sample, in a transaction that is undone behind the last test of the folder."""
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
