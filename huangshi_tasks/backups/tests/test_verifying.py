"""`verify_files`: what is missing, changed, or belongs to nobody."""

from __future__ import annotations

import os
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from huangshi_tasks.backups.sealing import Key, KeyUnusableError
from huangshi_tasks.backups.stored import stored_files
from huangshi_tasks.backups.verifying import verify
from tests.addresses import SmallYear, make_small_year
from tests.cast import Cast, make_plan
from tests.stored import fill_store
from units.models import JobRun

LONG = "a-key-of-more-than-thirty-two-characters"


@pytest.fixture
def year(db: None, tmp_path: Path, settings: Any) -> SmallYear:
    settings.FILES_DIR = settings.MEDIA_ROOT = tmp_path / "files"
    year = make_small_year(Cast(), make_plan())
    fill_store()
    return year


def test_what_is_stored_is_whole(year: SmallYear) -> None:
    found = verify(settings.FILES_DIR)
    assert found.count == len(list(stored_files())) > 0
    assert found.is_whole
    assert list(found.lines()) == []


def test_missing_changed_and_strange_files_are_told_apart(
    year: SmallYear, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = year.evidence
    kept.refresh_from_db()
    path = settings.FILES_DIR / str(kept.file.name)
    path.write_bytes(b"changed")
    young, old = (settings.FILES_DIR / "evidence" / name for name in ("young.pdf", "old.pdf"))
    for each in (young, old):
        each.write_bytes(b"nobody's")
    os.utime(old, (0, 0))
    (settings.FILES_DIR / ".scheduler.lock").write_text("")
    os.utime(settings.FILES_DIR / ".scheduler.lock", (0, 0))
    found = verify(settings.FILES_DIR)
    assert [each.owner for each in found.wrong] == [f"佐证材料 {kept.pk}"]
    assert found.orphans == ["evidence/old.pdf"]

    path.unlink()
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_files", stdout=said, stderr=StringIO())
    assert f"缺失\t佐证材料 {kept.pk}\t{kept.file.name}\n" in said.getvalue()
    assert "无主\t\tevidence/old.pdf" in said.getvalue()
    assert "缺失1个" in JobRun.objects.get(name="huangshi_tasks.verify_files").error


def test_orphans_are_no_fault(year: SmallYear) -> None:
    old = settings.FILES_DIR / "old.pdf"
    old.write_bytes(b"nobody's")
    os.utime(old, (0, 0))
    call_command("verify_files", stdout=StringIO(), stderr=StringIO())
    assert JobRun.objects.get(name="huangshi_tasks.verify_files").error == ""


@pytest.mark.parametrize(
    ("text", "mode", "said"),
    [("short", 0o600, "少于32个字符"), (LONG, 0o644, "人人可读"), (None, 0, "读不到")],
)
def test_a_key_that_protects_nothing_is_refused(
    tmp_path: Path, text: str | None, mode: int, said: str
) -> None:
    path = tmp_path / "key"
    if text is not None:
        path.write_text(text)
        path.chmod(mode)
    with pytest.raises(KeyUnusableError, match=said):
        Key(path)


def test_what_is_sealed_opens_with_its_key_alone(tmp_path: Path) -> None:
    for name, text in (("right", LONG), ("other", f"{LONG}-2")):
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o600)
    right, other = Key(tmp_path / "right"), Key(tmp_path / "other")
    assert right.mark != other.mark
    (tmp_path / "plain").write_bytes(b"0123456789" * 1000)
    right.seal(tmp_path / "plain", tmp_path / "sealed")
    assert b"0123456789" not in (tmp_path / "sealed").read_bytes()
    right.open(tmp_path / "sealed", tmp_path / "opened")
    assert (tmp_path / "opened").read_bytes() == (tmp_path / "plain").read_bytes()
    # one wrong key in 256 fits the padding; what comes out is not what went in
    with suppress(KeyUnusableError):
        other.open(tmp_path / "sealed", tmp_path / "wrong")
    assert (tmp_path / "wrong").read_bytes() != (tmp_path / "plain").read_bytes()
