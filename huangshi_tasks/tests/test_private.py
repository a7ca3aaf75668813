"""What nobody else on the machine may read: database, mail, short messages, keys."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from huangshi_tasks.checks import check_production
from huangshi_tasks.private import write_private


@pytest.fixture(autouse=True)
def _open_umask() -> Any:
    """As most machines have it."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.django_db
def test_sqlite_and_what_it_puts_beside_it(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its own files")
    own = connection.copy()
    own.settings_dict["NAME"] = str(tmp_path / "db.sqlite3")
    with own.cursor() as cursor:
        cursor.execute("CREATE TABLE t (n integer)")
        cursor.execute("INSERT INTO t VALUES (1)")
        modes = {path.name: mode_of(path) for path in tmp_path.iterdir()}
    own.close()
    assert "db.sqlite3" in modes
    assert set(modes.values()) == {0o600}


def test_the_folder_of_mails_and_each_of_them(tmp_path: Path, settings: Any) -> None:
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    with mail.get_connection("huangshi_tasks.private.MailFolder") as folder:
        mail.EmailMessage("s", "b", "a@example.cn", ["b@example.cn"], connection=folder).send()
    (message,) = (tmp_path / "mail").iterdir()
    assert (mode_of(tmp_path / "mail"), mode_of(message)) == (0o700, 0o600)


def test_a_short_message_in_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "sms" / "1.txt"
    path.parent.mkdir()
    path.write_text("of before")
    write_private(path, "138")
    assert (mode_of(path.parent), mode_of(path), path.read_text()) == (0o700, 0o600, "138")


@pytest.mark.parametrize(("mode", "is_refused"), [(0o600, False), (0o640, True), (0o604, True)])
def test_a_key_that_others_read_is_an_error(
    tmp_path: Path, settings: Any, mode: int, is_refused: bool
) -> None:
    settings.IS_SQLITE = False
    settings.LOG_KEY_FILE = settings.BACKUP_KEY_FILE = tmp_path / "key"
    settings.LOG_KEY_FILE.write_text("x" * 40)
    settings.LOG_KEY_FILE.chmod(mode)
    found = [each.id for each in check_production(None)]
    assert found.count("huangshi_tasks.E008") == (2 if is_refused else 0)
