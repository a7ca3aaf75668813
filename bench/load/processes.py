"""What processes of this machine used: CPU and memory, read from /proc. Linux only."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg2

PROC = Path("/proc")
TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")
PARENT, USED, USED_BY_ENDED = 1, slice(11, 13), slice(13, 15)  # fields of stat after the name


def _stat(pid: int) -> list[str]:
    """The fields of `/proc/PID/stat` after the name, which may hold blanks and brackets."""
    return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()


def children_of(pid: int) -> Iterator[int]:
    """The processes that `pid` started and that still run."""
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            with suppress(OSError):  # ended meanwhile
                if int(_stat(int(entry.name))[PARENT]) == pid:
                    yield int(entry.name)


def cpu_ms(pid: int) -> float:
    """CPU of a server and of its workers so far, user and system, those that ended included; read
    in ticks of the kernel, 10 ms as a rule: measure a second and more.
    """
    own = _stat(pid)
    ticks = sum(map(int, own[USED])) + sum(map(int, own[USED_BY_ENDED]))
    for child in children_of(pid):
        with suppress(OSError):
            ticks += sum(map(int, _stat(child)[USED]))
    return ticks * TICK_MS


def own_cpu_ms(pid: int) -> float:
    """The same of one process alone, such as a connection of PostgreSQL."""
    return sum(map(int, _stat(pid)[USED])) * TICK_MS


def workers_mb(pid: int) -> float:
    """Memory of the processes that `pid` started, shared pages by their share (PSS)."""
    found = 0.0
    for child in children_of(pid):
        with suppress(OSError):
            lines = (PROC / str(child) / "smaps_rollup").read_text().splitlines()
            found += next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return found


def postmaster_of(database: str) -> int:
    """The process above all connections of the PostgreSQL that holds `database`, on this machine.

    Raises LookupError when it runs elsewhere: its CPU cannot be read then.
    """
    connection = psycopg2.connect(database)
    try:
        backend = connection.get_backend_pid()
        with suppress(OSError):
            if "postgres" in (PROC / str(backend) / "comm").read_text():
                return int(_stat(backend)[PARENT])
    finally:
        connection.close()
    raise LookupError("PostgreSQL不在本机，读不到它的CPU用时")
