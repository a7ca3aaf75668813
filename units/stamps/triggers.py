"""Triggers that raise a stamp whenever something shown is written, by whom and however.

Nothing a caller could forget: an act, a job, a command, a hand at the database. The row a trigger
adds belongs to the writer's transaction, so that a stamp is raised exactly when what raised it can
be read. Made anew after every migration, since SQLite loses the triggers of a table it rebuilds.
"""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from units.models import Stamp
from units.stamps.shown import Shown, shown

STAMPS = Stamp._meta.db_table
RAISE = f"INSERT INTO {STAMPS} (topic, n) VALUES (%s, 1);"  # noqa: S608  # names of our own
FUNCTION = (
    "CREATE OR REPLACE FUNCTION raise_stamp() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN {RAISE % 'TG_ARGV[0]'} RETURN NULL; END $$"
)
OURS_POSTGRESQL = (
    "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " JOIN pg_proc p ON p.oid = t.tgfoid WHERE p.proname = 'raise_stamp'"
    " AND c.relnamespace = current_schema()::regnamespace"
)
OURS_SQLITE = (
    "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'stamp_*'"
)


def install_after_migrate(*, using: str, plan: list[Any] | None = None, **_: Any) -> None:
    """Receiver of `post_migrate`; does nothing while the tables are not all there."""
    if plan is None:  # a database that was emptied (`flush`): its triggers stand
        return
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if {STAMPS, *(each.table for each in shown())} <= tables:
        install(connection)


def install(connection: BaseDatabaseWrapper) -> None:
    """Watch what is shown, as it is named now."""
    is_postgresql = connection.vendor == "postgresql"
    statements = _of_postgresql() if is_postgresql else _of_sqlite()
    with connection.cursor() as cursor:
        cursor.execute(OURS_POSTGRESQL if is_postgresql else OURS_SQLITE)
        for name, table in cursor.fetchall():
            where = f" ON {table}" if is_postgresql else ""
            cursor.execute(f"DROP TRIGGER {name}{where}")
        for statement in statements:
            cursor.execute(statement)


def _of_postgresql() -> list[str]:
    found = [FUNCTION]
    for each in shown():
        raised = f"EXECUTE FUNCTION raise_stamp('{each.topic}')"
        if each.rows:
            found.append(
                f"CREATE TRIGGER stamp_{each.topic}_rows AFTER INSERT OR DELETE ON {each.table}"
                f" FOR EACH STATEMENT {raised}"
            )
        found.append(
            f"CREATE TRIGGER {_name(each)} AFTER UPDATE ON {each.table}"
            f" FOR EACH ROW WHEN ({_differ(each, 'IS DISTINCT FROM')}) {raised}"
        )
    return found


def _of_sqlite() -> list[str]:
    found = []
    for each in shown():
        raised = "BEGIN " + RAISE % f"'{each.topic}'" + " END"
        verbs = ("INSERT", "DELETE") if each.rows else ()
        found += [
            f"CREATE TRIGGER stamp_{each.topic}_{verb.lower()}_{each.table} AFTER {verb}"
            f" ON {each.table} FOR EACH ROW {raised}"
            for verb in verbs
        ]
        found.append(
            f"CREATE TRIGGER {_name(each)}_{each.table} AFTER UPDATE ON {each.table}"
            f" FOR EACH ROW WHEN {_differ(each, 'IS NOT')} {raised}"
        )
    return found


def _name(each: Shown) -> str:
    what = "update" if each.rows else "filled" if each.filled else "columns"
    return f"stamp_{each.topic}_{what}"


def _differ(each: Shown, operator: str) -> str:
    value = '({row}."{name}" IS NULL)' if each.filled else '{row}."{name}"'
    pairs = [
        (value.format(row="OLD", name=name), value.format(row="NEW", name=name))
        for name in each.columns
    ]
    return " OR ".join(f"{old} {operator} {new}" for old, new in pairs)
