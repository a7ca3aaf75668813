"""A manifest is typed by whoever has the folder: it leads nowhere out of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from huangshi_tasks.backups.folder import BackupUnreadableError, Kept, Manifest, read


def manifest(**given: Any) -> Manifest:
    wanted: dict[str, Any] = {
        "made_at": "2022-08-03T00:00:00Z",
        "version": "1",
        "engine": "postgresql",
        "dump": "database.dump",
        "dump_sha256": "",
        "log_position": 0,
        "log_hash": "",
        "migrations": {},
    }
    return Manifest(**(wanted | given))


def test_names_of_files_are_read(tmp_path: Path) -> None:
    written = manifest(files=[Kept("evidence/2022/a..b.pdf", "", "")])
    written.write(tmp_path)
    assert read(tmp_path) == written


@pytest.mark.parametrize("name", ["../a", "evidence/../../a", "/etc/a", "", "..", "//a"])
def test_a_name_that_leads_out_of_the_backup_is_refused(tmp_path: Path, name: str) -> None:
    for given in ({"files": [Kept(name, "", "")]}, {"dump": name}):
        manifest(**given).write(tmp_path)
        with pytest.raises(BackupUnreadableError, match="清单有误"):
            read(tmp_path)


def test_a_name_that_is_none_is_no_backup(tmp_path: Path) -> None:
    manifest().write(tmp_path)
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"dump": 5}))
    with pytest.raises(BackupUnreadableError, match="不是备份"):
        read(tmp_path)
