"""病毒扫描: asks a clamd, by its INSTREAM protocol, over TCP or a Unix socket (`CLAMD_URL`).

What an answer means for a file is decided in `progress.evidence.uploads`; docs/decisions says why.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

CHUNK = 64 * 1024
TIMEOUT = 20.0  # seconds; clamd scans 20 MB in about two
LONGEST_ANSWER = 4096


class Answer(StrEnum):
    """What can come of asking."""

    NOT_CONFIGURED = "not_configured"
    CLEAN = "clean"
    INFECTED = "infected"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Scan:
    """`virus` is its name when infected; `problem` why there is no answer."""

    answer: Answer
    virus: str = ""
    problem: str = ""


def scan(chunks: Iterable[bytes], url: str | None, *, timeout: float = TIMEOUT) -> Scan:
    """Send the content to the scanner at `url` (`tcp://host:port`, `unix:/path`). Never raises."""
    if not url:
        return Scan(Answer.NOT_CONFIGURED)
    try:
        with _connect(url, timeout) as connection:
            connection.sendall(b"zINSTREAM\0")
            for chunk in chunks:
                for start in range(0, len(chunk), CHUNK):
                    part = chunk[start : start + CHUNK]
                    connection.sendall(struct.pack("!L", len(part)) + part)
            connection.sendall(struct.pack("!L", 0))
            return _read(_answer_of(connection))
    except (OSError, UnicodeError) as problem:  # a host name may be none
        return Scan(Answer.UNREACHABLE, problem=str(problem))


def is_alive(url: str, *, timeout: float = 3.0) -> bool:
    """Whether the scanner answers at all (PING)."""
    try:
        with _connect(url, timeout) as connection:
            connection.sendall(b"zPING\0")
            return _answer_of(connection) == "PONG"
    except OSError:
        return False


def _connect(url: str, timeout: float) -> socket.socket:
    parts = urlsplit(url)
    if parts.scheme == "tcp":
        return socket.create_connection((parts.hostname, parts.port or 3310), timeout)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(timeout)
    try:
        connection.connect(parts.path)
    except OSError:
        connection.close()
        raise
    return connection


def _answer_of(connection: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        part = connection.recv(LONGEST_ANSWER)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _read(answer: str) -> Scan:
    """`stream: OK`, `stream: Eicar-Signature FOUND`, or something about a fault or a limit."""
    said = answer.partition(": ")[2]
    if said == "OK":
        return Scan(Answer.CLEAN)
    if said.endswith(" FOUND"):
        return Scan(Answer.INFECTED, virus=said.removesuffix(" FOUND"))
    return Scan(Answer.UNREACHABLE, problem=answer or "no answer")
