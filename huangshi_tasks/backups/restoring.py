"""`restore`: a backup into an empty database and an empty store, all of it or nothing, and a look
whether it came out as it went in.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from huangshi_tasks.backups import folder as folders
from huangshi_tasks.backups.dumping import is_empty, restore
from huangshi_tasks.backups.folder import FILES, Manifest
from huangshi_tasks.backups.sealing import ENDING, Key
from huangshi_tasks.backups.verifying import kept_files, verify
from units.log.verification import first_bad_position
from units.models import LogHead

SHOWN = 5


class NotRestoredError(Exception):
    """Why nothing was restored; Chinese sentences."""


def bring_back(folder: Path, key: Key | None) -> list[str]:
    """Restore the backup in `folder`; what then does not fit, one sentence each (none when whole).

    Raises NotRestoredError, BackupUnreadableError, KeyUnusableError or DatabaseProgramError before
    anything is written, and leaves nothing behind.
    """
    manifest = folders.read(folder)
    _look_first(folder, manifest, key)
    with opened(folder, manifest, key) as dump, _files_back(folder, manifest, key):
        restore(dump)
    return list(differences(manifest))


def _look_first(folder: Path, manifest: Manifest, key: Key | None) -> None:
    found = list(folders.problems(folder, manifest))
    if found:
        raise NotRestoredError("备份核对不符，没有恢复：" + "；".join(found[:SHOWN]) + "。")
    if manifest.engine != connection.vendor:
        raise NotRestoredError(f"这是 {manifest.engine} 的备份，DATABASE_URL 不是同一种数据库。")
    if manifest.key != (key.mark if key else ""):
        word = "备份已加密，请用 BACKUP_KEY_FILE 给出当时的口令。"
        raise NotRestoredError(
            word if manifest.key else "备份没有加密，请不要设置 BACKUP_KEY_FILE。"
        )
    if unknown := newer_than_code(manifest):
        raise NotRestoredError(f"备份来自更新的版本（{'、'.join(unknown)}），请先安装那一版本。")
    if not is_empty():
        raise NotRestoredError("数据库不是空的，请先建一个空库。没有改动任何内容。")
    if next(kept_files(settings.FILES_DIR), None) is not None:
        raise NotRestoredError(f"{settings.FILES_DIR}不是空的，请先移走。没有改动任何内容。")


def newer_than_code(manifest: Manifest) -> list[str]:
    """Migrations of the backup that this code does not know."""
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return [
        f"{app}.{name}"
        for app, name in sorted(manifest.migrations.items())
        if (app, name) not in known and any(each == app for each, _ in known)
    ]


@contextmanager
def opened(folder: Path, manifest: Manifest, key: Key | None) -> Iterator[Path]:
    """The dump, decrypted for as long as it is needed."""
    if key is None:
        yield folder / manifest.dump
        return
    with tempfile.TemporaryDirectory(prefix="restore-") as place:
        plain = Path(place) / "database.dump"
        key.open(folder / manifest.dump, plain)
        yield plain


@contextmanager
def _files_back(folder: Path, manifest: Manifest, key: Key | None) -> Iterator[None]:
    """Around the restoring of the database: the files, and none of them when it fails."""
    written: list[Path] = []
    try:
        for each in manifest.files:
            source = folder / FILES / each.name
            target = settings.FILES_DIR / each.name.removesuffix(ENDING if key else "")
            target.parent.mkdir(parents=True, exist_ok=True)
            written.append(target)
            if key is None:
                shutil.copy2(source, target)
            else:
                key.open(source, target)
            target.chmod(settings.FILE_UPLOAD_PERMISSIONS)
        yield
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise


def differences(manifest: Manifest) -> Iterator[str]:
    """How the restored system is not the one that was backed up."""
    bad = first_bad_position()
    if bad is not None:
        yield f"操作日志第{bad}号核对不符"
    head = LogHead.objects.first()
    end = (head.position, head.hash) if head else (0, "")
    if end != (manifest.log_position, manifest.log_hash):
        yield f"操作日志末端是第{end[0]}号，备份时是第{manifest.log_position}号"
    known = set(manifest.missing)
    found = verify(settings.FILES_DIR)
    yield from (
        f"缺少{each.owner}的文件{each.name}" for each in found.missing if each.name not in known
    )
    yield from (f"{each.owner}的文件{each.name}校验值不符" for each in found.wrong)
