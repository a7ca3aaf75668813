"""Files for the account of the system alone, mode 0600: the database of a demonstration, folders
of mail and short messages, keys.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.mail.backends.filebased import EmailBackend

OURS, FOLDER = 0o600, 0o700
OTHERS = stat.S_IRWXG | stat.S_IRWXO
BESIDE = ("", "-wal", "-shm")  # SQLite's


def make_private(path: Path) -> None:
    """Take it from everybody else; what is not ours stays as it is."""
    with suppress(OSError):
        if path.stat().st_mode & OTHERS:
            path.chmod(FOLDER if path.is_dir() else OURS)


def is_private(path: Path) -> bool:
    """Whether nobody else may read it, by its mode; True of what is not there."""
    try:
        return not path.stat().st_mode & OTHERS
    except OSError:
        return True


def keep_database_private(connection: Any, **of_signal: object) -> None:
    """At every connection to SQLite: it makes its files as anybody may read them."""
    if connection.vendor == "sqlite":
        for ending in BESIDE:
            make_private(Path(f"{connection.settings_dict['NAME']}{ending}"))


def write_private(path: Path, text: str) -> None:
    """A file of ours, in a folder of ours."""
    folder = path.parent
    folder.mkdir(parents=True, exist_ok=True)
    make_private(folder)
    with open(path, "w", encoding="utf-8", opener=_opener) as file:
        file.write(text)
    make_private(path)  # one of before


class MailFolder(EmailBackend):
    """Django's folder of mails."""

    def open(self) -> bool:
        """Django's own way, and nothing is in it yet."""
        is_new = bool(super().open())
        make_private(Path(self.file_path))
        make_private(Path(self._get_filename()))  # type: ignore[attr-defined]  # the stubs leave it out
        return is_new


def _opener(path: str, flags: int) -> int:
    return os.open(path, flags, OURS)
