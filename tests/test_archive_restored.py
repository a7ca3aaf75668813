"""An archive restored into an empty system gives the same rows, log, files and numbers; one that
cannot leaves nothing.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from huangshi_tasks.command_line import CommandLine, refuse_a_copy
from progress.models import Evidence, Period, ProgressReport, Reminder
from progress.periods.opening import ensure_periods
from progress.starting.acts import solve
from progress.starting.tests.drafts import UNKNOWN, make_draft, say, switch_on
from reports.exports.archive import Target, write_archive
from reports.exports.explained import digests
from reports.exports.numbers import numbers_of
from reports.tests.factories import freeze
from tasks.desk.changes import FIELD, Change
from tasks.desk.content import content_of
from tasks.models import LeftOpen, NoticeDraft, Plan, Responsibility, Task
from tests.addresses import SmallYear, make_small_year
from tests.cast import Cast, at, make_item, make_plan, report_of
from units import log
from units.errors import Refused
from units.files.sealing import sealed_zip
from units.log.closed import IS_COPY
from units.log.recording import begin_keyed
from units.log.verification import first_bad_position
from units.models import LogEntry, Unit, User

pytestmark = pytest.mark.django_db(transaction=True)
NOW = at("2022-08-03") + timedelta(microseconds=123_457)
CONTENT = b"%PDF-1.4 example"
PHONE = "13800138555"
PASSWORD, AUDITORS, KEY = "ABCD-EFGH-IJKL", "auditor.zip", "password"


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Callable[[str], Path]:
    """Lets the stored files of this machine lie in a folder of their own."""

    def other(name: str) -> Path:
        settings.MEDIA_ROOT = tmp_path / name
        return tmp_path / name

    return other


@pytest.fixture
def year(folder: Callable[[str], Path]) -> SmallYear:
    folder("archived")
    year = make_small_year(Cast(), make_plan())
    freeze(year.task, percent=50)
    Period.objects.filter(code="2022-06").update(state="finalized", finalized_at=NOW)
    log.record(action="note", summary="一行\u2028两行", now=NOW)
    kept = year.evidence
    kept.preview.save("example.jpg", ContentFile(b"preview"), save=False)
    kept.file.save("example.pdf", ContentFile(CONTENT), save=False)
    kept.sha256 = hashlib.sha256(CONTENT).hexdigest()
    kept.save()
    return year


def archived(year: SmallYear, tmp_path: Path) -> Path:
    return archive_of(year.plan, year.cast, tmp_path)


def archive_of(plan: Plan, cast: Cast, tmp_path: Path) -> Path:
    """The office's part; the auditor's lies beside it, with its password."""
    office, auditor = io.BytesIO(), io.BytesIO()
    target = Target(office, auditor, PASSWORD)
    write_archive(plan, target, actor=cast.office, now=NOW, tell=lambda *_: None)
    path = tmp_path / "archive.zip"
    path.write_bytes(office.getvalue())
    (tmp_path / AUDITORS).write_bytes(auditor.getvalue())
    (tmp_path / KEY).write_text(f"{PASSWORD}\n")
    return path


def restore(path: Path) -> None:
    """Both parts."""
    there = path.parent
    auditor, password = there / AUDITORS, there / KEY
    call_command("restore_archive", str(path), auditor=auditor, password_file=password)


def empty_system() -> None:
    call_command("flush", interactive=False, verbosity=0)
    assert not Plan.objects.exists()


def entries_of(path: Path, password: str = "") -> dict[str, bytes]:
    opened = sealed_zip(path, "r", password) if password else ZipFile(path)
    with opened as package:
        return {name: package.read(name) for name in package.namelist()}


def zipped(path: Path, entries: dict[str, bytes], password: str = "") -> Path:
    """A zip of them, with the manifest made to fit."""
    manifest = json.loads(entries["manifest.json"])
    for name in manifest["files"]:
        digest = hashlib.sha256(entries[name]).hexdigest()
        manifest["files"][name] = {"sha256": digest, "size": len(entries[name])}
    entries["manifest.json"] = json.dumps(manifest).encode()
    made = sealed_zip(path, "w", password) if password else ZipFile(path, "w", ZIP_DEFLATED)
    with made as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return path


def retold(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """The archive with one entry of either part changed and its hashes made to fit."""
    auditors = path.parent / AUDITORS
    office, sealed = entries_of(path), entries_of(auditors, PASSWORD)
    part = office if name in office else sealed
    part[name] = change(part[name])
    zipped(auditors, sealed, PASSWORD)
    digest = hashlib.sha256(sealed["manifest.json"]).hexdigest()
    manifest = json.loads(office["manifest.json"]) | {"auditor": digest}
    office["manifest.json"] = json.dumps(manifest).encode()
    return zipped(path.with_name("retold.zip"), office)


def whole(path: Path, version: int, change: Callable[[bytes], bytes]) -> Path:
    """The archive as it was made before it was parted; `change` is that of its log."""
    office, sealed = entries_of(path), entries_of(path.parent / AUDITORS, PASSWORD)
    log_rows = "data/units.logentry.jsonl"
    entries = {**sealed, **office, log_rows: change(sealed[log_rows])}
    manifest = json.loads(office["manifest.json"])
    del manifest["part"], manifest["auditor"]
    if version == 1:
        del manifest["explained"]
    files: dict[str, Any] = {name: {} for name in entries if name != "manifest.json"}
    manifest |= {"version": version, "files": files}
    return zipped(
        path.with_name("whole.zip"), entries | {"manifest.json": json.dumps(manifest).encode()}
    )


def test_restored_into_an_empty_system_it_gives_the_same_numbers(
    year: SmallYear,
    tmp_path: Path,
    folder: Callable[[str], Path],
    capsys: pytest.CaptureFixture[str],
) -> None:
    Responsibility.objects.update(telephone=PHONE)
    path = archived(year, tmp_path)
    before, explained = numbers_of(year.plan), digests(year.plan, NOW)
    moments = list(LogEntry.objects.values_list("position", "at"))

    empty_system()
    folder("empty")
    restore(path)
    said = capsys.readouterr().out
    assert "操作日志核对无误，各项数字与归档时一致" in said

    plan = Plan.objects.get()
    assert numbers_of(plan) == before
    assert digests(plan, NOW) == explained
    assert {"督查室", "最新定稿", "当前情况", "2022-06"} == explained.keys()
    assert first_bad_position() is None
    assert list(LogEntry.objects.values_list("position", "at")) == moments
    assert any(moment.microsecond == 123_457 for _, moment in moments)
    assert Evidence.objects.get().file.read() == CONTENT
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert set(Responsibility.objects.values_list("telephone", flat=True)) == {PHONE}
    client = Client()
    client.force_login(User.objects.get(username=year.cast.office.user.username))
    assert client.get("/2022/overview/").status_code == 200


@pytest.mark.parametrize("version", [1, 2])
def test_an_archive_of_before_is_one_file_and_comes_back_whole(
    year: SmallYear, tmp_path: Path, folder: Callable[[str], Path], version: int
) -> None:
    """The first cut times of the log to milliseconds: they are read from its payload."""

    def as_then(content: bytes) -> bytes:
        return content.replace(b".123457+00:00", b".123+00:00") if version == 1 else content

    path = whole(archived(year, tmp_path), version, as_then)
    empty_system()
    folder("empty")
    call_command("restore_archive", str(path))
    assert first_bad_position() is None
    assert User.objects.filter(username=year.cast.office.user.username).exists()


def moved(field: str, value: Any) -> Callable[[bytes], bytes]:
    """Changes one column of the first row."""

    def change(content: bytes) -> bytes:
        first, *others = content.splitlines(keepends=True)
        row = json.loads(first)
        row["fields"][field] = value
        return b"".join([json.dumps(row).encode() + b"\n", *others])

    return change


@pytest.mark.parametrize(
    ("name", "change", "sentence"),
    [
        ("data/units.logentry.jsonl", moved("summary", "别的"), "操作日志：恢复后第1号核对不符"),
        (
            "data/progress.taskperiod.jsonl",
            moved("light", "late"),
            "最新定稿/trend-2022-06-30-",
        ),
        ("data/progress.progressreport.jsonl", moved("state", "draft"), "督查室/office-heat-"),
        ("data/progress.reportversion.jsonl", moved("report", 987_654), "没有恢复任何内容"),
        ("data/units.unit.jsonl", lambda content: content + b"{", "没有恢复任何内容"),
    ],
)
def test_what_does_not_come_out_the_same_leaves_nothing(
    year: SmallYear,
    tmp_path: Path,
    folder: Callable[[str], Path],
    capsys: pytest.CaptureFixture[str],
    name: str,
    change: Callable[[bytes], bytes],
    sentence: str,
) -> None:
    path = retold(archived(year, tmp_path), name, change)
    empty_system()
    place = folder("empty")
    with pytest.raises((SystemExit, CommandError)) as ended:
        restore(path)
    assert sentence in capsys.readouterr().out + str(ended.value)
    assert not any(m.objects.exists() for m in (Plan, Unit, User, LogEntry, ProgressReport))
    assert [each for each in place.rglob("*") if each.is_file()] == []


def test_a_file_that_cannot_be_placed_leaves_neither_rows_nor_files(
    year: SmallYear, tmp_path: Path, folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archived(year, tmp_path)
    with ZipFile(path) as zipped:
        stored = [n for n in zipped.namelist() if n.startswith("files/") and "index" not in n]
    assert len(stored) > 1
    empty_system()
    place = folder("empty")
    replace, done = os.replace, list[Path]()

    def full(here: Path, target: Path) -> None:
        if done:
            raise OSError("No space left on device")
        done.append(target)
        replace(here, target)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(CommandError, match="没有恢复任何内容"):
        restore(path)
    assert not Plan.objects.exists()
    assert [each for each in place.rglob("*") if each.is_file()] == []


def test_what_a_killed_restore_left_behind_does_not_stop_the_next(
    year: SmallYear, tmp_path: Path, folder: Callable[[str], Path]
) -> None:
    path, stored = archived(year, tmp_path), str(year.evidence.file.name)
    empty_system()
    place = folder("left")
    for name in (stored, f".restoring/{stored}"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(CONTENT)
    restore(path)
    assert not (place / ".restoring").exists()


def test_anothers_file_of_the_same_name_is_not_overwritten(
    year: SmallYear,
    tmp_path: Path,
    folder: Callable[[str], Path],
    capsys: pytest.CaptureFixture[str],
) -> None:
    path, stored = archived(year, tmp_path), str(year.evidence.file.name)
    empty_system()
    mine = folder("other") / stored
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"mine")
    with pytest.raises(SystemExit):
        restore(path)
    assert "请换用空的文件目录" in capsys.readouterr().out
    assert mine.read_bytes() == b"mine"
    assert not Plan.objects.exists()


def test_a_year_of_two_is_restored_without_what_points_to_the_other(
    year: SmallYear, tmp_path: Path, folder: Callable[[str], Path]
) -> None:
    next_year = {"year": 2023, "slug": "2023", "document_number": "示例〔2023〕1号"}
    other = Plan.objects.get()
    for name, value in {"pk": None, **next_year}.items():
        setattr(other, name, value)
    other.save()
    ensure_periods(other)
    item = make_item(other, year.cast)
    Task.objects.filter(pk=item.pk).update(carried_from=year.task)
    report = report_of(item, year.cast.lead, "2023-02")
    subject = f"report:{report.pk}"
    Reminder.objects.create(
        subject=subject,
        rung="2",
        recipient=year.cast.reporter.user,
        report=report,
        due_on=date(2023, 3, 1),
        text="提醒",
    )
    path = archived(year, tmp_path)
    empty_system()
    folder("empty")
    restore(path)
    assert Reminder.objects.get(subject=subject).report is None


def test_a_year_that_began_as_a_draft_comes_back_with_what_was_said_and_left_open(
    tmp_path: Path, folder: Callable[[str], Path]
) -> None:
    folder("archived")
    cast = Cast()
    make_draft(cast.office)  # another notice, still being read
    draft = make_draft(cast.office, UNKNOWN)
    key = content_of(draft).items[0].key
    say(draft, cast.office, Change(FIELD, f"{key}:short_title", "规上企业"))
    plan = switch_on(draft, cast.office)
    question = LeftOpen.objects.get(plan=plan)
    solve(question=question, solution="原文如此。", actor=cast.office, now=NOW)
    draft.refresh_from_db()
    said = [act.changes for act in draft.acts.all()]
    read = bytes(draft.sources.get().content)
    path = archive_of(plan, cast, tmp_path)

    empty_system()
    folder("empty")
    restore(path)
    back = NoticeDraft.objects.exclude(plan=None).get()
    assert NoticeDraft.objects.get(plan=None).is_open
    assert (back.state, back.plan, back.proof) == ("activated", Plan.objects.get(), draft.proof)
    assert [act.changes for act in back.acts.all()] == said
    assert bytes(back.sources.get().content) == read
    left = LeftOpen.objects.get()
    assert (left.sentence, left.solution, left.solved_at) == (
        question.sentence,
        "原文如此。",
        NOW,
    )
    client = Client()
    client.force_login(User.objects.get(username=cast.office.user.username))
    for name in ("progress:left_open", "reports:source"):
        assert client.get(reverse(name, args=["2023"])).status_code == 200
    assert client.get(reverse("reports:draft_proof", args=[back.pk])).status_code == 200
    assert client.get(reverse("tasks:draft_items", args=[back.pk])).status_code == 200


def test_without_the_auditors_part_it_is_a_copy_that_explains_and_does_nothing(
    year: SmallYear,
    tmp_path: Path,
    folder: Callable[[str], Path],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """No account, no log, no act, no server: only the numbers, and the rows behind them."""
    office = year.cast.office.user
    User.objects.filter(pk=office.pk).update(display_name="示例甲")
    path, username = archived(year, tmp_path), office.username
    call_command("explain")
    explained = capsys.readouterr().out
    empty_system()
    folder("empty")
    call_command("restore_archive", str(path))
    assert IS_COPY in capsys.readouterr().out

    call_command("explain")
    assert capsys.readouterr().out == explained
    assert not User.objects.filter(username=username).exists()
    assert not User.objects.filter(is_active=True).exists()
    assert User.objects.filter(pk=office.pk, display_name="示例甲").exists()
    assert not LogEntry.objects.exists()
    with pytest.raises(Refused, match="查阅副本"):
        log.record(action="note", summary="示例", now=NOW)
    for command in ("verify_log", "runserver", "appoint_admin", "shell"):
        with pytest.raises(SystemExit) as ended:
            CommandLine(["manage.py", command]).execute()
        assert ended.value.code == IS_COPY
    with pytest.raises(SystemExit, match="拒绝启动"):
        refuse_a_copy()


def test_parts_of_two_archives_do_not_go_together(
    year: SmallYear, tmp_path: Path, folder: Callable[[str], Path]
) -> None:
    path = archived(year, tmp_path)
    first = (tmp_path / AUDITORS).read_bytes()
    log.record(action="note", summary="之后", now=NOW)
    path = archived(year, tmp_path)
    (tmp_path / AUDITORS).write_bytes(first)
    empty_system()
    folder("empty")
    with pytest.raises(CommandError, match="不是同时生成的"):
        restore(path)
    (tmp_path / KEY).write_text("another password")
    with pytest.raises(CommandError, match="口令不对"):
        restore(path)
    assert not Plan.objects.exists()


def test_a_keyed_log_comes_back_with_its_key_only(
    year: SmallYear,
    tmp_path: Path,
    folder: Callable[[str], Path],
    settings: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings.LOG_KEY_FILE = tmp_path / "log.key"
    settings.LOG_KEY_FILE.write_text("0123456789" * 4)
    begin_keyed(now=NOW)
    path = archived(year, tmp_path)
    empty_system()
    folder("empty")
    settings.LOG_KEY_FILE, key = None, settings.LOG_KEY_FILE
    with pytest.raises(SystemExit):
        restore(path)
    assert "不能核对" in capsys.readouterr().out
    assert not Plan.objects.exists()
    settings.LOG_KEY_FILE = key
    restore(path)
    assert first_bad_position() is None
