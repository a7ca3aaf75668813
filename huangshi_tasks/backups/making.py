"""`backup`: the database first, then the files it names. What is saved meanwhile belongs to the
next one; a file that rows name is never younger than the dump.
"""

from __future__ import annotations

import os
import shutil
import time
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from huangshi_tasks.backups import folder as folders
from huangshi_tasks.backups.dumping import dump, snapshot
from huangshi_tasks.backups.folder import FILES, Kept, Manifest
from huangshi_tasks.backups.hashing import sha256_of
from huangshi_tasks.backups.sealing import ENDING, Key
from huangshi_tasks.backups.stored import Stored, stored_files
from units.models import LogHead

DUMP = "database.dump"


@dataclass(frozen=True)
class Made:
    """A finished backup. `copied` files are new, the others are those of the backup before;
    `wrong` names files whose hash is not the one that their row keeps.
    """

    path: Path
    manifest: Manifest
    copied: int
    wrong: list[str]
    seconds: float
    kept: int

    def line(self) -> str:
        """One line for whoever watches."""
        manifest = self.manifest
        facts = {
            "name": self.path.name,
            "seconds": f"{self.seconds:.1f}",
            "database": (self.path / manifest.dump).stat().st_size,
            "files": len(manifest.files),
            "copied": self.copied,
            "missing": len(manifest.missing),
            "wrong": len(self.wrong),
            "log": f"{manifest.log_position}:{manifest.log_hash[:16]}",
            "encrypted": int(bool(manifest.key)),
            "kept": self.kept,
        }
        word = "incomplete" if manifest.missing or self.wrong else "ok"
        return f"backup {word} " + " ".join(f"{name}={value}" for name, value in facts.items())


def make(root: Path, *, keep: int, key: Key | None, now: datetime) -> Made:
    """Make one under `root` and keep the newest `keep`. Raises what stands in its way, leaving the
    earlier ones alone.
    """
    with folders.alone(root):
        return _make(root, keep, key, now)


def _make(root: Path, keep: int, key: Key | None, now: datetime) -> Made:
    started = time.monotonic()
    earlier = folders.finished(root)
    working, final = folders.begin(root, now)
    with snapshot() as name:
        manifest = _facts(now, key)
        named = {each.name: each for each in stored_files()}
        dump(working / manifest.dump, name, key)
    manifest.dump_sha256 = sha256_of(working / manifest.dump)
    copier = Copier(working / FILES, earlier[-1] if earlier else None, key)
    wrong = copier.copy_all(named.values(), manifest)
    manifest.write(working)
    os.rename(working, final)
    folders.keep_newest(root, keep)
    seconds = time.monotonic() - started
    return Made(final, manifest, copier.copied, wrong, seconds, len(folders.finished(root)))


def _facts(now: datetime, key: Key | None) -> Manifest:
    head = LogHead.objects.first()
    applied: dict[str, str] = {}
    for app, migration in sorted(MigrationRecorder(connection).applied_migrations()):
        applied[app] = max(applied.get(app, ""), migration)
    return Manifest(
        made_at=now.isoformat(timespec="seconds"),
        version=product_version(),
        engine=connection.vendor,
        dump=DUMP + (ENDING if key else ""),
        dump_sha256="",
        log_position=head.position if head else 0,
        log_hash=head.hash if head else "",
        migrations=applied,
        key=key.mark if key else "",
    )


def product_version() -> str:
    """As pyproject.toml says: the project is not installed as a package."""
    text = (settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


class Copier:
    """Brings files into a backup. What the backup before has under the same name and key is linked
    to, not copied: stored files are never written twice.
    """

    def __init__(self, target: Path, before: Path | None, key: Key | None) -> None:
        self._target, self._key = target, key
        self._before: dict[str, Kept] = {}
        self._from = before
        self.copied = 0
        target.mkdir()
        if before is not None:
            manifest = folders.read(before)
            if manifest.key == (key.mark if key else ""):
                self._before = {each.name.removesuffix(ENDING): each for each in manifest.files}

    def copy_all(self, named: Iterable[Stored], manifest: Manifest) -> list[str]:
        """Copy and note in the manifest; names of those whose hash is not what their row says."""
        wrong = []
        for each in sorted(named):
            kept = self._copy(each.name)
            if kept is None:
                manifest.missing.append(each.name)
                continue
            manifest.files.append(kept)
            if each.sha256 and kept.sha256 != each.sha256:
                wrong.append(each.name)
        return wrong

    def _copy(self, name: str) -> Kept | None:
        linked = self._link(name)
        if linked is not None:
            return linked
        source = settings.FILES_DIR / name
        target = self._target / (name + (ENDING if self._key else ""))
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            if self._key is None:
                shutil.copy2(source, target)
            else:
                if not source.is_file():
                    raise FileNotFoundError(source)
                self._key.seal(source, target)
            plain = sha256_of(source if self._key else target)
        except FileNotFoundError:
            target.unlink(missing_ok=True)
            return None
        self.copied += 1
        return Kept(target.relative_to(self._target).as_posix(), plain, sha256_of(target))

    def _link(self, name: str) -> Kept | None:
        kept = self._before.get(name)
        if kept is None or self._from is None:
            return None
        source, target = self._from / FILES / kept.name, self._target / kept.name
        if not source.is_file():
            return None
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source, target)
        except OSError:  # a share without links
            shutil.copy2(source, target)
        return kept
