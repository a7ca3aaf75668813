"""One backup is a folder: the dump, the files under their names, and `manifest.json` which says
what there must be. A folder without a manifest is none: it was not finished.
"""

from __future__ import annotations

import fcntl
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from huangshi_tasks.backups.hashing import sha256_of

FORMAT = 1
MANIFEST = "manifest.json"
FILES = "files"
NAME = re.compile(r"[0-9]{8}T[0-9]{6}Z")
UNFINISHED = ".unfinished-"


class BackupUnreadableError(Exception):
    """Not a backup, or one of another program; a Chinese sentence."""


class BackupRunningError(Exception):
    """Another backup is under way; a Chinese sentence."""


@dataclass(frozen=True)
class Kept:
    """A file of the backup: its name in the store, the hash of what it holds, and of what stands in
    the folder (another where it is encrypted).
    """

    name: str
    sha256: str
    stored_sha256: str


@dataclass
class Manifest:
    """What a backup says of itself. `log` is where 操作日志 ended; `missing` are files that rows
    named and the store did not have; `key` marks the key it is encrypted with.
    """

    made_at: str
    version: str
    engine: str
    dump: str
    dump_sha256: str
    log_position: int
    log_hash: str
    migrations: dict[str, str]
    key: str = ""
    files: list[Kept] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / MANIFEST).write_text(text, encoding="utf-8")


def read(folder: Path) -> Manifest:
    """The manifest of a backup. Raises BackupUnreadableError."""
    try:
        content: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise BackupUnreadableError(f"{folder}是另一版本的备份，请用那一版本恢复。")
        content["files"] = [Kept(**each) for each in content["files"]]
        manifest = Manifest(**content)
        for name in (manifest.dump, *(each.name for each in manifest.files)):
            if not _stays_inside(name):
                raise BackupUnreadableError(f"{folder}的清单有误：“{name}”不是备份里的文件。")
        return manifest
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupUnreadableError(f"{folder}不是备份，或没有完成。") from error


def _stays_inside(name: str) -> bool:
    """Whether a name of a manifest leads nowhere but into the folder that it is joined to."""
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts


def problems(folder: Path, manifest: Manifest) -> Iterator[str]:
    """What in the folder is not as the manifest says, one sentence each."""
    wanted = [(manifest.dump, manifest.dump_sha256)]
    wanted += [(f"{FILES}/{each.name}", each.stored_sha256) for each in manifest.files]
    for name, sha256 in wanted:
        path = folder / name
        if not path.is_file():
            yield f"缺少{name}"
        elif sha256_of(path) != sha256:
            yield f"{name}与清单不符"


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """One backup at a time under `root`. Raises BackupRunningError."""
    root.mkdir(parents=True, exist_ok=True, mode=0o750)
    with (root / ".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BackupRunningError(f"{root}中另一次备份还在进行。") from error
        yield


def begin(root: Path, now: datetime) -> tuple[Path, Path]:
    """A folder to work in, and what it is called when it is finished. Clears away what earlier
    runs left unfinished.
    """
    for left in root.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left)
    name = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    working = root / f"{UNFINISHED}{name}"
    working.mkdir(mode=0o750)
    return working, root / name


def finished(root: Path) -> list[Path]:
    """Complete backups, the oldest first."""
    if not root.is_dir():
        return []
    found = [path for path in root.iterdir() if NAME.fullmatch(path.name)]
    return sorted(path for path in found if (path / MANIFEST).is_file())


def keep_newest(root: Path, count: int) -> list[Path]:
    """Take away all but the newest `count`; what was taken."""
    gone = finished(root)[:-count]
    for path in gone:
        shutil.rmtree(path)
    return gone
