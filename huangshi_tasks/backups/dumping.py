"""The database into one file and back, by its own programs.

The log's end and the names of files are read in the snapshot that is dumped: whatever is saved
meanwhile is in none of them.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from huangshi_tasks.backups.sealing import Key

# the newest first: pg_dump must not be older than the server
FOLDERS = "/usr/lib/postgresql/*/bin"
CONNECTION = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
OPTIONS = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}
ERROR_LENGTH = 600


class DatabaseProgramError(Exception):
    """pg_dump or pg_restore is missing or failed; a Chinese sentence with what it said."""


@contextmanager
def snapshot() -> Iterator[str]:
    """A transaction that sees one moment; gives the name under which pg_dump sees the same."""
    with transaction.atomic():
        if settings.IS_SQLITE:  # holds the writers off: this transaction is IMMEDIATE
            yield ""
            return
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_export_snapshot()")
            name = cursor.fetchone()[0]
        yield name


def dump(target: Path, name: str, key: Key | None) -> None:
    """Write the database as it is in the snapshot `name` to `target`."""
    if settings.IS_SQLITE:
        return _copy_sqlite(target, key)
    command = [program("pg_dump"), "--format=custom", f"--snapshot={name}", "--no-password"]
    with target.open("wb") as file:
        running = subprocess.Popen(  # noqa: S603  # PostgreSQL's own program
            command,
            env=os.environ | _variables(),
            stdout=file if key is None else subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        with running:
            if key is not None:
                assert running.stdout is not None
                key.seal(running.stdout, target)
            assert running.stderr is not None
            said = running.stderr.read()
    _require(running.returncode, "pg_dump", said)
    return None


def restore(source: Path) -> None:
    """Bring a dump into the empty database of the settings: all of it or nothing."""
    if settings.IS_SQLITE:
        connection.close()
        shutil.copyfile(source, settings.DATABASES["default"]["NAME"])
        return
    options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    database = str(connection.settings_dict["NAME"])
    done = subprocess.run(  # noqa: S603  # PostgreSQL's own program
        [program("pg_restore"), *options, "--no-password", "-d", database, str(source)],
        env=os.environ | _variables(),
        stderr=subprocess.PIPE,
        check=False,
    )
    _require(done.returncode, "pg_restore", done.stderr)


def is_empty() -> bool:
    """Whether the database of the settings has no table yet."""
    return not connection.introspection.table_names()


def program(name: str) -> str:
    """The newest of that name on this machine."""
    root = Path("/")
    folders = sorted(root.glob(FOLDERS.lstrip("/")), key=_version, reverse=True)
    search = os.pathsep.join([*map(str, folders), os.environ.get("PATH", os.defpath)])
    found = shutil.which(name, path=search)
    if found is None:
        raise DatabaseProgramError(f"没有{name}，请在本机安装 PostgreSQL 的客户端程序。")
    return found


def _version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0.0


def _variables() -> dict[str, str]:
    """How libpq reaches the database; the password is on no command line."""
    here: dict[str, Any] = connection.settings_dict
    found = {"PGDATABASE": str(here["NAME"])}
    found |= {name: str(here[key]) for key, name in CONNECTION.items() if here.get(key)}
    options = here.get("OPTIONS", {})
    return found | {name: str(options[key]) for key, name in OPTIONS.items() if options.get(key)}


def _require(code: int, name: str, said: bytes) -> None:
    if code:
        text = said.decode(errors="replace").strip()[-ERROR_LENGTH:]
        raise DatabaseProgramError(f"{name}没有成功：{text}")


def _copy_sqlite(target: Path, key: Key | None) -> None:
    plain = target if key is None else target.with_name(f"{target.name}.plain")
    source = str(connection.settings_dict["NAME"])
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(plain)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")
    if key is not None:
        key.seal(plain, target)
        plain.unlink()
