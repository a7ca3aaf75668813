"""A witness of the log outside the database: where it ended, after every commit.

`LOG_WITNESS=file:///PATH` appends a line to a file on another disk or host, `syslog://HOST:514` and
`syslog:///dev/log` send one. Nobody's work waits for it: what could not be told at once is told by
the job that runs every minute, and one that fails for an hour is an alarm (`LATE_AFTER`).
"""

from __future__ import annotations

import logging
import os
import re
from datetime import datetime
from functools import partial
from logging.handlers import SysLogHandler
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from units.models import LogHead

logger = logging.getLogger(__name__)
LINE = "ducha-log position={position} hash={hash} at={at}"
TOLD = re.compile(r"ducha-log position=(\d+) hash=([0-9a-f]{64})\b")
TAIL = 64 * 1024  # of the file; thousands of lines
FACILITY = SysLogHandler.LOG_AUTH


class Head(NamedTuple):
    position: int
    hash: str


def tell_after_commit(position: int, of_hash: str) -> None:
    """What fails is left to the job."""
    if settings.LOG_WITNESS is not None:
        head = Head(position, of_hash)
        transaction.on_commit(partial(_try, settings.LOG_WITNESS, head), robust=True)


def catch_up() -> None:
    """Tell where the log ends, where the witness may not know. Raises OSError."""
    found = LogHead.objects.values_list("position", "hash").first()
    if settings.LOG_WITNESS is None or found is None:
        return
    head, where = Head(*found), settings.LOG_WITNESS
    if where.scheme == "syslog" or _last_in(Path(where.path)) != head:
        _tell(where, head, timezone.now())


def read(path: Path) -> dict[int, str]:
    """What a file says, ours or one of syslog: hashes by position. Raises OSError; ValueError where
    it says two things of one position.
    """
    found: dict[int, str] = {}
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if (told := TOLD.search(line)) and found.setdefault(int(told[1]), told[2]) != told[2]:
                raise ValueError(f"{path}对第{told[1]}号写有两个不同的校验值。")
    return found


def _try(where: SplitResult, head: Head) -> None:
    try:
        _tell(where, head, timezone.now())
    except OSError as error:
        logger.warning("the witness of the log was not told: %s", error)


def _tell(where: SplitResult, head: Head, at: datetime) -> None:
    line = LINE.format(**head._asdict(), at=at.isoformat())
    if where.scheme == "file":
        _append(Path(where.path), line)
    else:
        _send(where, line)


def _append(path: Path, line: str) -> None:
    """One write: lines of several processes stand whole, one after the other."""
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        os.write(file, f"{line}\n".encode())
    finally:
        os.close(file)


class _Handler(SysLogHandler):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """As it was raised, not on stderr."""
        raise


def _send(where: SplitResult, line: str) -> None:
    address = (where.hostname, where.port or 514) if where.hostname else where.path
    handler = _Handler(address, FACILITY)
    try:
        handler.emit(logging.LogRecord("ducha", logging.INFO, "", 0, line, None, None))
    finally:
        handler.close()


def _last_in(path: Path) -> Head | None:
    """The highest position near the end of the file: lines of two processes may have changed
    places.
    """
    if not path.exists():
        return None
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - TAIL))
        told = TOLD.findall(file.read().decode("utf-8", "replace"))
    return max((Head(int(position), of_hash) for position, of_hash in told), default=None)
