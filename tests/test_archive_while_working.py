"""An archive made while people work is of one moment, and keeps nobody from working."""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections

from progress.models import Evidence, ProgressReport
from reports.exports.archive import Target, write_archive
from reports.exports.asking import cancel
from reports.exports.running import run
from reports.models import Export, ExportState
from tests.addresses import SmallYear, make_small_year
from tests.cast import Cast, at, make_plan
from units import log
from units.models import LogEntry

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "ABCD-EFGH-IJKL"
NOW = at("2022-08-03") + timedelta(microseconds=987_654)


@pytest.fixture
def year(tmp_path: Path, settings: Any) -> Iterator[SmallYear]:
    """The small year in a database that several may use: SQLite's in memory is for one."""
    settings.MEDIA_ROOT = tmp_path / "files"
    year = make_small_year(Cast(), make_plan())
    if connection.vendor != "sqlite":
        yield year
        return
    own = connection.copy()
    own.settings_dict["NAME"] = str(tmp_path / "year.sqlite3")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [own.settings_dict["NAME"]])
    before = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = own
    yield year
    own.close()
    connections[DEFAULT_DB_ALIAS] = before


class Colleague:
    """Somebody else at work, in a thread: what is done has been saved when `works` returns."""

    def __init__(self, year: SmallYear, pool: ThreadPoolExecutor) -> None:
        self.year, self.pool, self.turns = year, pool, 0
        self.database = connection.copy()
        self.database.inc_thread_sharing()

    def works(self, done: int, total: int) -> None:
        self.turns += 1
        self.pool.submit(self._work).result(timeout=15)

    def _work(self) -> None:
        connections[DEFAULT_DB_ALIAS] = self.database
        evidence = Evidence.objects.get(pk=self.year.evidence.pk)
        evidence.pk, evidence.name = None, f"新{self.turns}.pdf"
        evidence.file.save("new.pdf", ContentFile(b"new"), save=False)
        evidence.save()
        log.record(action="evidence.add", summary=evidence.name, subject=evidence, now=NOW)
        report = ProgressReport.objects.get(pk=self.year.july.pk)
        ProgressReport.objects.filter(pk=report.pk).update(due_on=report.due_on + timedelta(1))


@pytest.fixture
def colleague(year: SmallYear) -> Iterator[Colleague]:
    with ThreadPoolExecutor(1) as pool:
        found = Colleague(year, pool)
        yield found
        pool.submit(found.database.close).result()


def archived(year: SmallYear, colleague: Colleague, path: Path) -> list[str]:
    office, auditor = io.BytesIO(), io.BytesIO()
    target = Target(office, auditor, PASSWORD)
    lost = write_archive(year.plan, target, actor=year.cast.office, now=NOW, tell=colleague.works)
    path.write_bytes(office.getvalue())
    path.with_name("auditor.zip").write_bytes(auditor.getvalue())
    path.with_name("password").write_text(PASSWORD)
    return lost


def test_an_archive_made_while_people_work_is_whole_and_comes_back(
    year: SmallYear, colleague: Colleague, tmp_path: Path, settings: Any
) -> None:
    entries, due_on = LogEntry.objects.count(), year.july.due_on
    archived(year, colleague, tmp_path / "archive.zip")
    assert colleague.turns > 10  # every one of them was saved while it was made
    assert LogEntry.objects.count() >= entries + colleague.turns
    call_command("verify_archive", str(tmp_path / "archive.zip"))

    call_command("flush", interactive=False, verbosity=0)
    settings.MEDIA_ROOT = tmp_path / "empty"
    call_command(
        "restore_archive",
        str(tmp_path / "archive.zip"),
        auditor=tmp_path / "auditor.zip",
        password_file=tmp_path / "password",
    )
    assert Evidence.objects.get().name == year.evidence.name
    assert LogEntry.objects.count() == entries
    assert ProgressReport.objects.get(pk=year.july.pk).due_on == due_on


def test_a_file_that_is_gone_or_another_is_named(
    year: SmallYear, colleague: Colleague, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = year.evidence
    kept.file.save("gone.pdf", ContentFile(b"gone"))
    default_storage.delete(str(kept.file.name))
    kept.pk = None
    kept.file.save("other.pdf", ContentFile(b"another content"))
    lost = archived(year, colleague, tmp_path / "archive.zip")
    assert [sentence.partition("：")[0] for sentence in lost] == [
        "文件缺失",
        "文件与登记的校验值不符",
    ]
    call_command("verify_archive", str(tmp_path / "archive.zip"))
    assert f"归档时{lost[0]}" in capsys.readouterr().out


def test_the_one_who_asked_sees_how_far_it_is_and_can_take_it_back(year: SmallYear) -> None:
    export = Export.objects.get(pk=year.export.pk)
    assert run(export.pk, now=NOW)
    export.refresh_from_db()
    assert (export.state, export.percent) == (ExportState.READY, 100)
    assert "缺失" in export.problem  # the small year's file is nowhere


def test_taken_back_half_way_it_ends(
    year: SmallYear, colleague: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reports.exports import running

    teller = running._teller

    def taken_back(export: Export) -> Any:
        tell = teller(export)

        def told(done: int, total: int) -> None:
            if done == 5:
                cancel(export=export, actor=year.cast.office, now=NOW)
            tell(done, total)

        return told

    monkeypatch.setattr(running, "_teller", taken_back)
    assert not run(year.export.pk, now=NOW)
    assert Export.objects.get(pk=year.export.pk).state == ExportState.CANCELLED
