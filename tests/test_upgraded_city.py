"""A database from before the place was data holds, upgraded, what it held, and is called so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

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
    *("tasks.Commitment", "progress.Meeting", "progress.MeetingDecision", "units.ApiToken"),
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


class GoingBack(MigrationExecutor):
    """Goes back as Django does, but makes the models of a step only when the step needs them: to
    make them all anew after every single operation is most of what it would cost. Nobody upgrades
    by this way; the way forward is Django's own.
    """

    def _migrate_all_backwards(self, plan: Any, full_plan: Any, fake: bool) -> ProjectState:
        wanted, before = {migration for migration, _ in plan}, {}
        state: ProjectState = self._create_project_state()  # type: ignore[attr-defined]  # as Django
        for migration, _ in full_plan:
            if migration in wanted:
                before[migration] = state
            state = migration.mutate_state(state, preserve=migration in wanted)
        for migration, _ in plan:
            self.unapply_migration(before[migration], migration, fake=fake)
        return state


def go_back() -> None:
    GoingBack(connection).migrate(BEFORE)


def upgrade() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


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
    go_back()
    assert "units_city" not in connection.introspection.table_names()
    upgrade()
    kept = rows()
    assert {name for name in held if kept[name] != held[name]} == set()
    assert City.objects.get().organisation == "黄石市人民政府办公室"
    assert city().title == "黄石市政府重点工作督查系统"
