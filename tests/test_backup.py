"""A backup, while people save; brought back by its command, and by PostgreSQL's and OpenSSL's own
programs alone.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from huangshi_tasks.backups import folder as folders
from huangshi_tasks.backups.dumping import program
from huangshi_tasks.backups.restoring import differences
from tests.addresses import make_small_year
from tests.cast import Cast, make_plan
from tests.stored import fill_store
from units import log
from units.models import JobRun, LogHead

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

OTHER = "drill_restored"


@pytest.fixture
def small_year(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any) -> None:
    """Committed, with its files in a folder of the test."""
    settings.FILES_DIR = settings.MEDIA_ROOT = tmp_path / "files"
    make_small_year(Cast(), make_plan())
    fill_store()


@pytest.fixture
def other_database() -> Iterator[str]:
    """An empty one on the same server; its address."""
    here = connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {OTHER} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {OTHER}")
    yield f"postgres://{here['USER']}@{here['HOST']}:{here['PORT']}/{OTHER}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {OTHER} WITH (FORCE)")


@pytest.fixture
def key(tmp_path: Path, settings: Any) -> Path:
    path = tmp_path / "backup.key"
    path.write_text("a-key-of-more-than-thirty-two-characters\n")
    path.chmod(0o640)
    settings.BACKUP_KEY_FILE = path
    return path


def backup(root: Path, **options: Any) -> str:
    said = StringIO()
    call_command("backup", str(root), stdout=said, **options)
    return said.getvalue()


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A command on another database and store, as an administrator runs it."""
    given = os.environ | {"BUSINESS_DATE": "2022-08-03", "ALLOW_BUSINESS_DATE": "1"} | variables
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=given,
        capture_output=True,
        text=True,
        check=False,
    )


def address() -> str:
    here = connection.settings_dict
    return f"postgres://{here['USER']}@{here['HOST']}:{here['PORT']}/{here['NAME']}"


def contents(database: str) -> dict[str, str]:
    """Every table: how many rows, and a hash over them in a fixed order."""
    rows = "string_agg(t::text, chr(10) ORDER BY t::text)"
    tables = (
        f"SELECT format('SELECT %L, count(*), md5(coalesce({rows}, %L)) FROM %I t;',"
        " tablename, '', tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    )
    psql = [program("psql"), "-At", "-v", "ON_ERROR_STOP=1", database]
    asked = subprocess.run([*psql, "-c", tables], capture_output=True, text=True, check=True)
    said = subprocess.run(psql, input=asked.stdout, capture_output=True, text=True, check=True)
    return dict(line.split("|", 1) for line in said.stdout.splitlines())


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def without_marks(tables: dict[str, str]) -> dict[str, str]:
    """The run of the backup is noted when the dump is made already."""
    return {name: said for name, said in tables.items() if name != "units_jobrun"}


def test_a_backup_comes_back_as_the_system_it_was(
    small_year: None, other_database: str, tmp_path: Path
) -> None:
    line = backup(tmp_path / "backups")
    assert re.fullmatch(r"backup ok name=\S+ seconds=\S+ database=\d+ files=\d+ .*\n", line)
    (folder,) = folders.finished(tmp_path / "backups")
    store = tmp_path / "restored"
    there = {"DATABASE_URL": other_database, "FILES_DIR": str(store)}
    restored = manage("restore", str(folder), **there)
    assert restored.returncode == 0, restored.stdout + restored.stderr
    assert "操作日志核对无误" in restored.stdout
    assert without_marks(contents(other_database)) == without_marks(contents(address()))
    assert files(store) == files(settings.FILES_DIR)
    live = manage("explain", DATABASE_URL=address())
    assert live.returncode == 0, live.stderr
    assert len(live.stdout.splitlines()) > 20
    assert manage("explain", **there).stdout == live.stdout

    again = manage("restore", str(folder), **there)
    assert again.returncode == 1
    assert "数据库不是空的" in again.stderr


def test_an_encrypted_backup_opens_without_this_program(
    small_year: None, other_database: str, key: Path, tmp_path: Path
) -> None:
    """By the lines that the manual of operations gives."""
    backup(tmp_path / "backups")
    (folder,) = folders.finished(tmp_path / "backups")
    stored = files(settings.FILES_DIR)
    assert stored
    assert not set(stored.values()) & set(files(folder).values())
    opened = tmp_path / "opened"
    script = f"""set -e
    cd {folder}
    find . -name '*.enc' | while read -r name; do
      mkdir -p "{opened}/$(dirname "$name")"
      openssl enc -d -aes-256-cbc -pbkdf2 -pass file:{key} -in "$name" \
        -out "{opened}/${{name%.enc}}"
    done
    {program("pg_restore")} --no-owner --no-privileges --exit-on-error -d {other_database} \
      {opened}/database.dump
    """
    subprocess.run(["sh", "-c", script], check=True)
    assert without_marks(contents(other_database)) == without_marks(contents(address()))
    assert files(opened / "files") == stored


def test_what_is_saved_meanwhile_is_in_none_of_its_parts(
    small_year: None, other_database: str, tmp_path: Path
) -> None:
    """The end of the log in the manifest is the one in the dump, however fast it grows."""
    stop = Event()

    def go_on() -> None:
        try:
            while not stop.is_set():
                log.record(action="test", summary="示例：备份时有人保存。", now=timezone.now())
        finally:
            connection.close()

    writer = Thread(target=go_on)
    writer.start()
    before = LogHead.objects.get().position
    try:
        backup(tmp_path / "backups")
    finally:
        stop.set()
        writer.join()
    (folder,) = folders.finished(tmp_path / "backups")
    manifest = folders.read(folder)
    assert LogHead.objects.get().position > before + 10
    restored = manage(
        "restore", str(folder), DATABASE_URL=other_database, FILES_DIR=str(tmp_path / "restored")
    )
    assert restored.returncode == 0, restored.stdout + restored.stderr
    assert f"末端第{manifest.log_position}号" in restored.stdout


def test_a_file_is_copied_once_and_only_the_newest_are_kept(
    small_year: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "backups"
    (root / ".unfinished-20220101T000000Z" / "files").mkdir(parents=True)
    copied: list[int] = []
    for second in range(3):
        moment = timezone.now().replace(year=2030, second=second)
        monkeypatch.setattr("django.utils.timezone.now", lambda moment=moment: moment)
        copied += map(int, re.findall(r"copied=(\d+)", backup(root, keep=2)))
    assert copied[0] > 0
    assert copied[1:] == [0, 0]
    kept = folders.finished(root)
    assert len(kept) == 2
    assert not list(root.glob(".unfinished-*"))
    name = folders.read(kept[-1]).files[0].name
    assert (kept[-1] / "files" / name).samefile(kept[0] / "files" / name)
    assert not list(folders.problems(kept[-1], folders.read(kept[-1])))


def test_a_backup_that_was_touched_is_not_restored(
    small_year: None, other_database: str, tmp_path: Path
) -> None:
    backup(tmp_path / "backups")
    (folder,) = folders.finished(tmp_path / "backups")
    store = tmp_path / "restored"
    touched = folder / "files" / folders.read(folder).files[0].name
    touched.chmod(stat.S_IRUSR | stat.S_IWUSR)
    touched.write_bytes(b"other")
    refused = manage("restore", str(folder), DATABASE_URL=other_database, FILES_DIR=str(store))
    assert refused.returncode == 1
    assert "备份核对不符，没有恢复" in refused.stderr
    assert not store.exists()
    assert contents(other_database) == {}


def test_a_missing_file_is_said_and_the_rest_is_backed_up(small_year: None, tmp_path: Path) -> None:
    lost = next(path for path in sorted((settings.FILES_DIR / "evidence").iterdir()))
    lost.unlink()
    said = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("backup", str(tmp_path / "backups"), stdout=said, stderr=StringIO())
    assert ended.value.code == 1
    assert said.getvalue().startswith("backup incomplete ")
    (folder,) = folders.finished(tmp_path / "backups")
    assert folders.read(folder).missing == [f"evidence/{lost.name}"]
    run = JobRun.objects.get(name="huangshi_tasks.backup")
    assert (run.finished_at, "1个文件缺失" in run.error) == (None, True)


def test_a_failed_backup_is_noted_and_leaves_the_earlier_one(
    small_year: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "backups"
    backup(root)
    monkeypatch.setattr("huangshi_tasks.backups.dumping.program", lambda name: "/bin/false")
    with pytest.raises(CommandError, match="backup failed pg_dump没有成功"):
        backup(root)
    assert len(folders.finished(root)) == 1
    assert "pg_dump" in JobRun.objects.get(name="huangshi_tasks.backup").error


def test_two_backups_at_once_are_one(small_year: None, tmp_path: Path) -> None:
    root = tmp_path / "backups"
    with folders.alone(root), pytest.raises(CommandError, match="另一次备份还在进行"):
        backup(root)


def test_another_end_of_the_log_is_a_difference(small_year: None, tmp_path: Path) -> None:
    backup(tmp_path / "backups")
    (folder,) = folders.finished(tmp_path / "backups")
    manifest = folders.read(folder)
    assert list(differences(manifest)) == []
    log.record(action="test", summary="示例：又一条。", now=timezone.now())
    assert [each[:6] for each in differences(manifest)] == ["操作日志末端"]
    shutil.rmtree(settings.FILES_DIR / "evidence")
    assert any("缺少佐证材料" in each for each in differences(manifest))


def test_a_backup_does_not_go_into_the_store(small_year: None) -> None:
    with pytest.raises(CommandError, match="不能放在 FILES_DIR 里面"):
        backup(settings.FILES_DIR / "backups")
