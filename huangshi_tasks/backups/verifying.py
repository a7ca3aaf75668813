"""Compares the store with the tables: what is missing, what was changed, what nobody names."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from huangshi_tasks.backups.hashing import sha256_of
from huangshi_tasks.backups.stored import Stored, stored_files

# a file stands in the store before its row is written; a younger one is no orphan yet
YOUNG_SECONDS = 24 * 3600


@dataclass
class Findings:
    """What was looked at and does not fit."""

    count: int = 0
    missing: list[Stored] = field(default_factory=list)
    wrong: list[Stored] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Orphans cost room and nothing else."""
        return not (self.missing or self.wrong)

    def lines(self) -> Iterator[str]:
        """One a line: what, whose, under which name."""
        for word, rows in (("缺失", self.missing), ("校验值不符", self.wrong)):
            yield from (f"{word}\t{each.owner}\t{each.name}" for each in rows)
        yield from (f"无主\t\t{name}" for name in self.orphans)


def verify(folder: Path, now: float | None = None) -> Findings:
    """Read every file once. `now` is a moment as `time.time()` gives it."""
    found = Findings()
    names = set()
    for each in stored_files():
        found.count += 1
        names.add(each.name)
        path = folder / each.name
        if not path.is_file():
            found.missing.append(each)
        elif each.sha256 and sha256_of(path) != each.sha256:
            found.wrong.append(each)
    latest = (time.time() if now is None else now) - YOUNG_SECONDS
    found.orphans = [
        name for name, path in kept_files(folder) if name not in names and _age(path) < latest
    ]
    return found


def kept_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Name and path of what stands in the store; hidden files are our own marks (locks)."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
            yield name, path


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # taken away since it was listed
        return float("inf")
