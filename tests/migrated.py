"""Migrating a test database costs twenty seconds of CPU, and what comes out follows from the
migrations alone. So it is done once, and kept in `build/`: a database of SQLite, a dump of
PostgreSQL.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management.commands import migrate
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from tests.servers import find_program

KEPT = Path(settings.BASE_DIR) / "build" / "migrated"


def remember() -> None:
    """Let every test database of this process be made so."""
    migrate.Command.handle = _once(migrate.Command.handle)  # type: ignore[method-assign]  # as of flush


def _once(handle: Callable[..., Any]) -> Callable[..., Any]:
    def migrated(self: Any, *args: Any, **options: Any) -> Any:
        # only what makes a test database asks for this
        if not options.get("run_syncdb"):
            return handle(self, *args, **options)
        with _alone():
            if _copied():
                # rights, kinds of content, triggers of what is shown: they follow from the code
                emit_post_migrate_signal(0, False, connection.alias, plan=[])
                return None
            result = handle(self, *args, **options)
            _keep()
            return result

    return migrated


@contextmanager
def _alone() -> Iterator[None]:
    """One worker migrates, the others wait for what it keeps."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@cache
def _key() -> str:
    """Of everything a migrated database follows from."""
    digest = hashlib.sha256(django.__version__.encode())
    base = Path(settings.BASE_DIR)
    for path in sorted([*base.glob("*/migrations/*.py"), base / "units/log/triggers.py"]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _copied() -> bool:
    """Make the empty database that stands open one that is migrated, where one is kept."""
    if MigrationRecorder(connection).applied_migrations():
        return True
    if connection.vendor == "sqlite":
        return _copied_file()
    return _copied_dump()


def _file() -> Path:
    return KEPT / f"{_key()}.{connection.vendor}"


def _copied_file() -> bool:
    if not _file().exists():
        return False
    connection.ensure_connection()
    with closing(sqlite3.connect(_file())) as kept:
        kept.backup(connection.connection)
    return True


def _copied_dump() -> bool:
    if not _file().exists():
        return False
    _run("psql", "--quiet", "--output", os.devnull, "--single-transaction", "--file", str(_file()))
    return True


def _keep() -> None:
    unfinished = _file().with_suffix(".part")
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(unfinished)) as kept:
            connection.connection.backup(kept)
    else:
        _run("pg_dump", "--no-owner", "--file", str(unfinished))
    unfinished.replace(_file())


def _run(program: str, *arguments: str) -> None:
    """A program of PostgreSQL on the test database."""
    database = connection.settings_dict
    asked = {"host": database["HOST"], "port": database["PORT"], "username": database["USER"]}
    place = [f"--{name}={value}" for name, value in asked.items()]
    command = [find_program("postgresql-client", program), *place, f"--dbname={database['NAME']}"]
    environment = os.environ | {"PGPASSWORD": database["PASSWORD"]}
    subprocess.run([*command, *arguments], check=True, env=environment)
