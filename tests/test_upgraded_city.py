"""A database from before the place was data holds, upgraded, what it held, and is called so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from huangshi_tasks.lib import clock
from progress.finalizing.finalize import finalize
from progress.lifecycle import by_office
from progress.models import Period, TaskPeriod
from tasks.models import LeftOpen
from tests.addresses import make_small_year
from tests.cast import Cast, at, make_plan
from units.city.names import city
from units.models import City
from units.stamps.triggers import OURS_POSTGRESQL, OURS_SQLITE

BEFORE = [
    ("units", "0012_upload_days"),
    ("tasks", "0013_plan_is_main"),
    ("progress", "0013_periods_before_the_start"),
]
NEW = {
    *("units.City", "units.FirstRun", "units.UnitName", "progress.UnitChange"),
    *("tasks.Commitment", "progress.Meeting", "progress.MeetingDecision"),
}
# what counts writes, and what is made anew from the tables
APART = {"units.Stamp", "progress.BoardRow"}


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    clock.configure(date(2022, 8, 3))
    yield
    clock.configure(None)


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that was there before."""
    found = {}
    for name in ("units", "tasks", "progress", "reports"):
        for model in apps.get_app_config(name).get_models(include_auto_created=True):
            if model._meta.label not in NEW | APART:
                found[model._meta.label] = list(model._default_manager.order_by("pk").values_list())
    return found


def migrate(targets: list[tuple[str, str]] | None = None) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(targets or executor.loader.graph.leaf_nodes())


def forget_triggers() -> None:
    """No column goes while they name it; whoever migrates on makes them again."""
    kept = OURS_POSTGRESQL if connection.vendor == "postgresql" else OURS_SQLITE
    with connection.cursor() as cursor:
        cursor.execute(kept)
        for name, table in cursor.fetchall():
            where = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{where}")


@pytest.mark.django_db(transaction=True)
def test_an_upgraded_database_keeps_every_row_and_its_name() -> None:
    cast = Cast()
    year = make_small_year(cast, make_plan())
    now = at("2022-08-03", "10:30:00")
    by_office.accept(report=year.july, actor=cast.office, now=now, digest="示例采用稿。")
    past = Period.objects.filter(plan=year.plan, data_as_of__lte="2022-06-30")
    for period in past.order_by("data_as_of", "pk"):
        finalize(period=period, actor=cast.office, now=now)
    assert TaskPeriod.objects.exists()
    # what was opened then is judged as it was then, whenever the database is upgraded
    Period.objects.filter(opens_on__lte="2022-08-03").update(counts_steps=False)
    LeftOpen.objects.exclude(name="").delete()  # they had none then
    held = rows()
    forget_triggers()
    migrate(BEFORE)
    assert "units_city" not in connection.introspection.table_names()
    migrate()
    kept = rows()
    assert {name for name in held if kept[name] != held[name]} == set()
    assert City.objects.get().organisation == "黄石市人民政府办公室"
    assert city().title == "黄石市政府重点工作督查系统"
