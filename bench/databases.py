"""Databases of the bench's own, made from one another: each is the one before with more plans."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

from huangshi_tasks.secret import checkout_key
from tests.servers import Missing

HERE = Path(__file__).resolve().parent.parent
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "FILES_DIR")
UNUSABLE = (psycopg2.Error, Missing)  # no PostgreSQL here, or one that lets nobody make databases
ITEMS = 144  # of one plan
KEY = checkout_key(HERE / "var" / "secret_key")  # every process of ours signs with it
TODAY = "2023-01-03"  # the full year's last reports are in hand


def environment(database: str) -> dict[str, str]:
    """What a process of ours runs with: no setting of the machine's, this database, that day."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in KEPT or name.startswith("PG")  # libpq's password file and the like
    }
    ours = {"DATABASE_URL": database, "BUSINESS_DATE": TODAY, "ALLOW_BUSINESS_DATE": "1"}
    ours |= {"SECOND_FACTOR": "off", "ALLOW_SAMPLE": "1", "SECRET_KEY": KEY}
    return kept | ours | {"DJANGO_SETTINGS_MODULE": "huangshi_tasks.settings"}


@contextmanager
def on_postgresql() -> Iterator[str]:
    """The address of `DATABASE_URL` when that is a PostgreSQL, or of an instance of our own."""
    given = urlsplit(os.environ.get("DATABASE_URL", ""))
    if given.scheme in {"postgres", "postgresql"}:
        # the database named there need not exist: ours are made beside it
        yield urlunsplit(given._replace(path="/postgres"))
        return
    from tests.postgres import PostgresServer

    with PostgresServer() as server:
        yield server.url


@contextmanager
def prepared(server: str, sizes: Sequence[int]) -> Iterator[dict[int, str]]:
    """For every number of plans the address of a database that holds as many; dropped again."""
    with ExitStack() as stack:
        print("正在建立全年数据", file=sys.stderr)
        base, before = stack.enter_context(_database(server, "year", "template0")), 1
        _build(base, "years.make_year()")
        made = {}
        name = _name("year")
        for size in sizes:
            print(f"正在建立{size}个年度", file=sys.stderr)
            address = stack.enter_context(_database(server, str(size), name))
            _build(address, f"copies.add_copies({before}, {size - 1})")
            made[size], before, name = address, size, _name(str(size))
        yield made


def first_of(database: str, query: str, *values: str) -> int:
    """The number that a query finds first; a LookupError when there is none."""
    return all_of(database, query, *values)[0]


def all_of(database: str, query: str, *values: str) -> list[int]:
    """The numbers that a query finds; a LookupError when there is none."""
    connection = psycopg2.connect(database)
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        found = [int(number) for (number,) in cursor.fetchall()]
    connection.close()
    if not found:
        raise LookupError(query)
    return found


def _name(what: str) -> str:
    return f"bench_{os.getpid()}_{what}"


@contextmanager
def _database(server: str, what: str, template: str) -> Iterator[str]:
    name = _name(what)
    try:  # an interruption may come when the server has made it and nobody knows yet
        _run(server, "CREATE DATABASE {} TEMPLATE {}", name, template)
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        _run(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _run(server: str, statement: str, *names: str) -> None:
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
    connection.close()


def _build(database: str, call: str) -> None:
    """In a process of its own, which leaves no connection behind."""
    code = f"import django; django.setup(); from bench import copies, years; {call}"
    command = [sys.executable, "-c", code]
    subprocess.run(  # noqa: S603  # this Python and a call that stands in this file
        command, env=environment(database), check=True, stdout=subprocess.DEVNULL
    )
