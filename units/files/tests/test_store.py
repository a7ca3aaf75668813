"""A store without room: said in words, and nothing half-written."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from conftest import lacking
from tests.cast import Cast, at
from units.errors import NotNow
from units.files.store import Store, has_room
from units.files.uploads import Unacceptable, check


@pytest.fixture
def small_disk(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A disk of its own, of 300 KB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0:
        lacking("需要 root 才能挂载一个小磁盘")
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "none", str(folder)]
    if subprocess.run(mount, check=False).returncode:
        lacking("不能挂载一个小磁盘")
    settings.FILES_DIR = settings.MEDIA_ROOT = folder
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_leaves_no_half_of_a_file(small_disk: Path) -> None:
    store = Store(location=small_disk)
    store.save("evidence/one.pdf", ContentFile(b"1" * 100_000))
    with pytest.raises(NotNow, match="空间不足"):
        store.save("evidence/two.pdf", ContentFile(b"2" * 400_000))
    assert [path.name for path in (small_disk / "evidence").iterdir()] == ["one.pdf"]
    store.save("evidence/three.pdf", ContentFile(b"3" * 100_000))


def test_another_trouble_is_no_lack_of_room(tmp_path: Path) -> None:
    (tmp_path / "evidence").write_text("a file where a folder should be")
    with pytest.raises(OSError, match="evidence"):
        Store(location=tmp_path).save("evidence/one.pdf", ContentFile(b"1"))


def test_an_upload_is_refused_in_words_before_it_is_read(db: None, small_disk: Path) -> None:
    upload = SimpleUploadedFile("现场.pdf", b"%PDF-1.4\n%%EOF")
    with pytest.raises(Unacceptable, match="暂时不能保存文件，其他内容可以照常办理"):
        check(upload, actor=Cast().reporter, now=at("2022-08-02"))


def test_a_store_that_is_not_there_yet_has_room(tmp_path: Path, settings: Any) -> None:
    settings.FILES_DIR = tmp_path / "not" / "yet"
    assert has_room(1)
    with patch("units.files.store.shutil.disk_usage") as usage:
        usage.return_value.free = 10
        assert not has_room(1)
