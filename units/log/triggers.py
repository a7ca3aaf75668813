"""What makes the log append-only in the database itself: triggers, and the one function that moves
its head, forward and onto an entry only. With the roles of `postgresql-log.sql` (deployment_files)
the function is all that the application may do there beside INSERT and SELECT.

`install` is called by migrations. `remove` exists for the test runner alone: emptying a test
database deletes rows, which is exactly what the triggers refuse. Nothing in production calls it.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "units_logentry"
MESSAGE = "the log is append-only"

SQLITE_INSTALL = [
    f"CREATE TRIGGER IF NOT EXISTS log_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    for verb in ("UPDATE", "DELETE")
]
SQLITE_REMOVE = [f"DROP TRIGGER IF EXISTS log_no_{verb}" for verb in ("update", "delete")]

POSTGRESQL_INSTALL = [
    "CREATE OR REPLACE FUNCTION log_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$",
    f"CREATE OR REPLACE TRIGGER log_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION log_refuse()",
    f"CREATE OR REPLACE TRIGGER log_no_truncate BEFORE TRUNCATE ON {TABLE} "
    "FOR EACH STATEMENT EXECUTE FUNCTION log_refuse()",
]
MOVE_HEAD = """
CREATE OR REPLACE FUNCTION
  log_move_head(at_position bigint, with_hash text, of_key text, by_digest text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM units_logentry WHERE position = at_position AND hash = with_hash;
  IF NOT FOUND THEN RAISE EXCEPTION 'the head of the log stands on an entry'; END IF;
  INSERT INTO units_loghead AS head (id, position, hash, key, digest)
  VALUES (1, at_position, with_hash, of_key, by_digest)
  ON CONFLICT (id) DO UPDATE
  SET position = at_position, hash = with_hash, key = of_key, digest = by_digest
  WHERE head.position < at_position;
  IF NOT FOUND THEN RAISE EXCEPTION 'the head of the log moves forward'; END IF;
END $$
"""
POSTGRESQL_REMOVE = [
    f"DROP TRIGGER IF EXISTS log_no_change ON {TABLE}",
    f"DROP TRIGGER IF EXISTS log_no_truncate ON {TABLE}",
]


def install(connection: BaseDatabaseWrapper) -> None:
    """Refuse UPDATE, DELETE and TRUNCATE on the log from now on."""
    _run(connection, POSTGRESQL_INSTALL if connection.vendor == "postgresql" else SQLITE_INSTALL)


def remove(connection: BaseDatabaseWrapper) -> None:
    """For emptying a test database only."""
    _run(connection, POSTGRESQL_REMOVE if connection.vendor == "postgresql" else SQLITE_REMOVE)


def install_in_migration(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    install(schema_editor.connection)


def install_head_in_migration(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        _run(schema_editor.connection, [MOVE_HEAD])


def remove_head_in_migration(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        signature = "log_move_head(bigint, text, text, text)"
        _run(schema_editor.connection, [f"DROP FUNCTION IF EXISTS {signature}"])


def remove_in_migration(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    remove(schema_editor.connection)


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
