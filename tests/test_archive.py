"""导出任务 and 归档包: asked for, made, fetched, cleared; verified, tampered with, restored."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from progress.models import Reminder
from reports.exports import running
from reports.exports import views_excel as excel_view
from reports.exports.asking import ask, cancel, clear_expired
from reports.exports.running import run, run_waiting
from reports.exports.sealed.passwords import password_of
from reports.models import ARCHIVE, Export, ExportState, SealedPart
from tasks.models import Responsibility
from tests.addresses import SmallYear
from tests.cast import at
from tests.pages import browser
from units.actors import Actor
from units.errors import NotNow
from units.files.sealing import sealed_zip
from units.models import LogEntry, Unit, User

pytestmark = pytest.mark.django_db
NOW = at("2022-08-03", "09:00:00")


def asked(year: SmallYear, book: str = "ledger", actor: Actor | None = None) -> Export:
    return ask(
        plan=year.plan,
        book=book,
        title="任务台账",
        query="",
        actor=actor or year.cast.reporter,
        now=NOW,
    )


def made(export: Export) -> Export:
    assert run(export.pk, now=NOW)
    export.refresh_from_db()
    return export


def test_what_was_asked_for_is_made_told_of_and_fetched_by_that_person_alone(
    year: SmallYear,
) -> None:
    export = made(asked(year))
    assert export.state == ExportState.READY
    book = load_workbook(io.BytesIO(export.file.read()))
    assert book.sheetnames
    told = Reminder.objects.get(subject=f"export:{export.pk}")
    assert told.recipient == year.cast.reporter.user
    address = f"/2022/exports/{export.pk}/"
    assert browser(year.cast.reporter).get(address).status_code == 200
    assert browser(year.cast.office).get(address).status_code == 404
    assert LogEntry.objects.filter(action="export", summary="下载任务台账").count() == 1


def test_too_much_for_one_answer_is_made_in_the_background_and_nothing_is_cut(
    year: SmallYear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(excel_view, "MOST_AT_ONCE", 0)
    answer = browser(year.cast.office).get("/2022/tasks.xlsx?kind=key_task", follow=True)
    assert "正在后台生成" in answer.content.decode()
    export = Export.objects.exclude(book=ARCHIVE).get()
    assert export.query == "kind=key_task"
    book = load_workbook(io.BytesIO(made(export).file.read()))
    texts = {cell.value for page in book for row in page.iter_rows() for cell in row}
    assert year.task.text in texts


def test_the_same_is_made_once_and_nobody_floods_the_queue(year: SmallYear) -> None:
    assert asked(year) == asked(year)
    for place in range(2):
        asked(year, book=f"other{place}")
    with pytest.raises(NotNow, match="请等候完成"):
        asked(year, book="one too many")


def test_a_cancelled_one_is_not_made_not_even_half_way(
    year: SmallYear, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = asked(year)
    cancel(export=early, actor=year.cast.reporter, now=NOW)
    assert not run(early.pk, now=NOW)
    late = asked(year)

    def cancel_now(export: Export) -> Any:
        cancel(export=export, actor=year.cast.reporter, now=NOW)
        return running_teller(export)

    running_teller = running._teller
    monkeypatch.setattr(running, "_teller", cancel_now)
    assert not run(late.pk, now=NOW)
    late.refresh_from_db()
    assert (late.state, late.file.name) == (ExportState.CANCELLED, "")


def test_who_left_meanwhile_gets_nothing(year: SmallYear) -> None:
    export = asked(year)
    held = year.cast.reporter.appointment
    held.ends_on = at("2022-08-02").date()
    held.save()
    run_waiting(now=NOW)
    export.refresh_from_db()
    assert (export.state, "任职已终止" in export.problem) == (ExportState.FAILED, True)


def test_a_run_that_died_is_given_up_and_says_so(year: SmallYear) -> None:
    export = asked(year)
    Export.objects.filter(pk=export.pk).update(
        state=ExportState.RUNNING, started_at=NOW - timedelta(hours=2)
    )
    run_waiting(now=NOW)
    export.refresh_from_db()
    assert (export.state, export.problem) == (
        ExportState.FAILED,
        "生成过程被中断，请重新导出。",
    )


def test_after_seven_days_the_file_goes_and_the_row_stays(year: SmallYear) -> None:
    export = made(asked(year))
    stored = str(export.file.name)
    assert clear_expired(now=NOW + timedelta(days=6)) == 0
    assert clear_expired(now=NOW + timedelta(days=8)) == 1
    export.refresh_from_db()
    assert (export.state, bool(export.sha256)) == (ExportState.EXPIRED, True)
    assert not default_storage.exists(stored)


def test_the_watermark_stands_on_pages_and_files(year: SmallYear) -> None:
    office = browser(year.cast.office)
    assert b'class="wm"' not in office.get("/2022/tasks/").content
    office.post("/2022/exports/watermark/", {"watermark": "on"})
    page = office.get("/2022/tasks/").content.decode()
    assert page.count(f"<span>{year.cast.office.name}") == 12
    book = load_workbook(io.BytesIO(office.get("/2022/tasks.xlsx").content))
    footer = book.worksheets[0].oddFooter
    assert footer is not None
    assert year.cast.office.name in str(footer.left.text)


@pytest.fixture
def package(year: SmallYear, tmp_path: Path) -> Path:
    return made_archive(year, tmp_path)


def made_archive(year: SmallYear, tmp_path: Path) -> Path:
    """The office's part of the archive that the small year asks for."""
    export = Export.objects.get(book=ARCHIVE)
    assert run(export.pk, now=NOW)
    export.refresh_from_db()
    path = tmp_path / "archive.zip"
    path.write_bytes(export.file.read())
    return path


def test_the_offices_part_holds_neither_log_nor_accounts_nor_telephones(
    year: SmallYear, tmp_path: Path
) -> None:
    """Every entry is searched, of workbooks every cell; the workbooks are there, and the files."""
    for user in User.objects.all():
        user.username, user.telephone = f"login-of-{user.pk}", "13800138001"
        user.save()
    Unit.objects.update(telephone="0714-6350002")
    Responsibility.objects.update(telephone="13800138003")
    path = made_archive(year, tmp_path)
    with ZipFile(path) as zipped:
        entries = {name: zipped.read(name) for name in zipped.namelist()}
    names = set(entries)
    assert {"README.txt", "files/index.csv", "data/tasks.task.jsonl"} <= names
    assert sum(name.startswith("workbooks/") for name in names) >= 10
    assert set(json.loads(entries["manifest.json"])["files"]) == names - {"manifest.json"}
    assert not [name for name in names if "logentry" in name or "units.user" in name]
    secrets = ["13800138001", "0714-6350002", "13800138003"]
    secrets += list(User.objects.values_list("username", flat=True))
    for name, content in entries.items():
        text = cells_of(content) if name.endswith(".xlsx") else content.decode("utf-8", "replace")
        assert not [secret for secret in secrets if secret in text], name


def test_the_auditors_part_holds_them_and_opens_by_its_password_only(
    year: SmallYear, tmp_path: Path
) -> None:
    """Which the auditor reads on the page, and nobody from the database."""
    Unit.objects.update(telephone="0714-6350002")
    made_archive(year, tmp_path)
    part = SealedPart.objects.get()
    address = f"/audit/archives/{part.pk}/"
    for actor in (year.cast.office, year.cast.admin, year.cast.leader):
        assert browser(actor).get(address).status_code == 403
        assert browser(actor).post(f"{address}password/").status_code == 403
    auditor = browser(year.cast.auditor)
    content = b"".join(auditor.get(address))
    page = auditor.post(f"{address}password/").content.decode()
    password = re.search(r"<code[^>]*>([A-Z2-7-]{29})</code>", page)
    assert password is not None
    assert password[1] not in auditor.get("/audit/archives/").content.decode()
    with sealed_zip(io.BytesIO(content), "r", password[1]) as package:
        users = package.read("data/units.user.jsonl").decode()
        assert "0714-6350002" in package.read("data/telephones.jsonl").decode()
        assert "data/units.logentry.jsonl" in package.namelist()
    assert '"password": "!' in users  # no hash leaves
    assert "pbkdf2" not in users
    assert "md5$" not in users
    with (
        sealed_zip(io.BytesIO(content), "r", "another") as package,
        pytest.raises(RuntimeError, match="Bad password"),
    ):
        package.read("data/units.user.jsonl")
    assert password[1].encode() not in content
    said = LogEntry.objects.filter(subject_type="export").order_by("-position")
    assert [entry.action for entry in said[:2]] == ["export.password", "export"]
    assert "审计部分已生成" in Reminder.objects.get(recipient=year.cast.auditor.user).text


def test_the_password_outlives_a_change_of_the_servers_key(
    year: SmallYear, tmp_path: Path, settings: Any
) -> None:
    made_archive(year, tmp_path)
    part, auditor = SealedPart.objects.get(), browser(year.cast.auditor)
    address, before = f"/audit/archives/{part.pk}/password/", password_of(part.export)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of at least fifty characters, as it should be"
    auditor.force_login(year.cast.auditor.user)
    assert before in auditor.post(address).content.decode()
    settings.SECRET_KEY_FALLBACKS = []
    auditor.force_login(year.cast.auditor.user)
    assert "口令无法再算出" in auditor.post(address, follow=True).content.decode()


def test_both_parts_go_after_seven_days(year: SmallYear, tmp_path: Path) -> None:
    made_archive(year, tmp_path)
    stored = str(SealedPart.objects.get().file.name)
    assert default_storage.exists(stored)
    assert clear_expired(now=NOW + timedelta(days=8)) == 1
    assert not default_storage.exists(stored)
    pk = SealedPart.objects.get().pk
    assert browser(year.cast.auditor).get(f"/audit/archives/{pk}/").status_code == 404


def test_telephones_leave_when_they_are_ticked(year: SmallYear, tmp_path: Path) -> None:
    Responsibility.objects.update(telephone="13800138003", contact_name="示例")
    office = browser(year.cast.office)
    address = "/2022/workbooks/units.xlsx"
    assert "13800138003" not in cells_of(office.get(address).content)
    assert "13800138003" in cells_of(office.get(f"{address}?telephones=1").content)
    assert "13800138003" not in cells_of(
        browser(year.cast.leader).get(f"{address}?telephones=1").content
    )
    Export.objects.filter(book=ARCHIVE).update(query="telephones=1")
    with ZipFile(made_archive(year, tmp_path)) as zipped:
        assert "13800138003" in zipped.read("data/tasks.responsibility.jsonl").decode()


def cells_of(workbook: bytes) -> str:
    book = load_workbook(io.BytesIO(workbook))
    return "\n".join(
        str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row
    )


def test_a_whole_archive_is_found_whole(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_archive", str(package))
    assert "核对无误" in capsys.readouterr().out


def tampered(package: Path, name: str, change: Any) -> Path:
    """A copy in which one entry is changed, or left out when `change` is None."""
    other = package.with_name("tampered.zip")
    with ZipFile(package) as old, ZipFile(other, "w") as new:
        for each in old.namelist():
            content = old.read(each)
            if each == name:
                if change is None:
                    continue
                content = change(content)
            new.writestr(each, content)
    return other


@pytest.mark.parametrize(
    ("name", "change", "sentence"),
    [
        ("README.txt", lambda content: content + b"!", "文件内容与校验值不符：README.txt"),
        ("data/tasks.task.csv", None, "缺少文件：data/tasks.task.csv"),
    ],
)
def test_a_change_is_named(
    package: Path, name: str, change: Any, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        call_command("verify_archive", str(tampered(package, name, change)))
    assert sentence in capsys.readouterr().out


def test_what_is_no_archive_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"no zip")
    with pytest.raises(CommandError, match="不是本系统的归档包"):
        call_command("verify_archive", str(path))


def test_a_system_that_holds_something_is_not_overwritten(package: Path) -> None:
    with pytest.raises(CommandError, match="只能恢复到空系统"):
        call_command("restore_archive", str(package))
