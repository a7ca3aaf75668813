"""Django's commands, except that a 查阅副本 of an archive is read by `explain` alone."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from django.core.management import ManagementUtility, get_commands
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection

# read the copy, make another one of it, or ask nothing of its rows
OF_A_COPY = frozenset({"explain", "restore_archive", "verify_archive"})
SERVING = frozenset({"dbshell", "loaddata", "runserver", "shell"})  # of Django itself


class CommandLine(ManagementUtility):
    """Asks before it runs one of our commands, or serves."""

    def fetch_command(self, subcommand: str) -> BaseCommand:
        command = super().fetch_command(subcommand)
        if is_asked(subcommand) and is_copy():
            from units.log.closed import IS_COPY

            sys.exit(IS_COPY)
        return command


def execute(argv: Sequence[str]) -> None:
    """What `manage.py` was called with."""
    CommandLine(list(argv)).execute()


def is_asked(subcommand: str) -> bool:
    """Whether it works with what stands in the database."""
    if subcommand in OF_A_COPY:
        return False
    home = str(get_commands().get(subcommand, ""))
    return not home.startswith("django.") or subcommand in SERVING


def is_copy() -> bool:
    """Whether this database is one; False where it cannot be asked."""
    from units.log import closed

    try:
        return closed.is_copy()
    except DatabaseError:  # none yet, or not migrated
        return False


def refuse_a_copy(**of_signal: object) -> None:
    """What serves or works does not start on one."""
    if is_copy():
        from units.log.closed import IS_COPY

        raise SystemExit(f"拒绝启动：{IS_COPY}")
    connection.close()  # processes that are forked open their own
