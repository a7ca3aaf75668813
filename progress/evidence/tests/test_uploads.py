"""Keeping what comes in: name, checksum, preview, virus scan."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pytest_django import Settings

from progress.evidence import uploads
from progress.evidence.scans import scan_again
from progress.models import Evidence, EvidenceKind, ProgressReport
from tasks.models import NoticeSource
from tests.cast import Cast, at, fill
from tests.fake_clamd import EICAR, FakeClamd
from tests.office_files import PDF, open_xml, picture
from tests.pages import browser, text_of, url
from units.files.previews import MOST_PIXELS, SIDE, preview_of
from units.files.scanning import Infected, ScanState, scanned
from units.files.uploads import Unacceptable, check, printable_name
from units.models import LogEntry

NOW = at("2022-08-03")
VIRUS = PDF.replace(b"trailer", EICAR)


@pytest.fixture
def clamd(settings: Settings) -> Iterator[FakeClamd]:
    with FakeClamd() as server:
        settings.CLAMD_URL = server.url
        yield server


def keep(cast: Cast, report: ProgressReport, content: bytes, name: str = "清单.pdf") -> Evidence:
    if report.latest() is None:
        fill(report, cast.reporter, NOW, 180)
    upload = SimpleUploadedFile(name, content)
    checked = check(upload, actor=cast.reporter, now=NOW, has_preview=True)
    return uploads.attach(
        checked=checked,
        kind=EvidenceKind.EVIDENCE,
        task=report.task,
        unit=report.unit,
        subject=report,
        actor=cast.reporter,
        now=NOW,
        version=report.latest(),
    )


@pytest.mark.django_db
def test_a_kept_file_has_a_random_name_its_checksum_and_its_state(
    cast: Cast, report: ProgressReport
) -> None:
    content = open_xml("word/document.xml")
    kept = keep(cast, report, content, "总结.wps")
    assert kept.name == "总结.wps"
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert len(str(kept.file.name).removeprefix("evidence/").removesuffix(".docx")) == 32
    assert kept.get_scan_display() == "未配置病毒扫描"
    assert not kept.preview


@pytest.mark.django_db
def test_an_image_is_previewed_upright_and_without_what_the_camera_wrote(
    cast: Cast, report: ProgressReport
) -> None:
    content = picture("JPEG", (400, 300), place=True)
    assert b"SecretCamera" in content
    kept = keep(cast, report, content, "现场.jpg")
    drawn = kept.preview.read()
    assert b"SecretCamera" not in drawn
    assert b"Exif" not in drawn
    with Image.open(io.BytesIO(drawn)) as image:
        assert image.size == (300, 400)
    assert kept.file.read() == content


@pytest.mark.parametrize("form", ["PNG", "GIF", "BMP", "WEBP", "TIFF", "JPEG"])
def test_previews_are_at_most_a_screen_wide(form: str) -> None:
    drawn = preview_of(io.BytesIO(picture(form, (2000, 100))))
    assert drawn is not None
    with Image.open(io.BytesIO(drawn)) as image:
        assert image.size == (SIDE, 80)
        assert image.format == "JPEG"


def test_a_picture_that_unpacks_without_end_is_not_drawn() -> None:
    out = io.BytesIO()
    Image.new("1", (10_000, MOST_PIXELS["PNG"] // 10_000 + 1)).save(out, "PNG")
    assert len(out.getvalue()) < 100_000
    assert preview_of(out) is None


@given(st.binary(max_size=200))
def test_a_broken_picture_has_no_preview_and_breaks_nothing(content: bytes) -> None:
    assert preview_of(io.BytesIO(b"\xff\xd8\xff\xe0" + content)) is None


@pytest.mark.django_db
def test_a_scanned_file_says_so(cast: Cast, report: ProgressReport, clamd: FakeClamd) -> None:
    assert keep(cast, report, PDF).scan == ScanState.CLEAN
    assert clamd.seen == [PDF]


@pytest.mark.django_db
def test_a_virus_is_refused_by_name_and_logged(
    cast: Cast, report: ProgressReport, clamd: FakeClamd
) -> None:
    with pytest.raises(Unacceptable, match="含有病毒（Eicar-Signature），没有保存"):
        keep(cast, report, VIRUS)
    assert not Evidence.objects.exists()
    entry = LogEntry.objects.get(action="evidence.infected")
    assert entry.actor_name == cast.reporter.name


@pytest.mark.django_db
@pytest.mark.usefixtures("third_of_august")
def test_while_the_scanner_is_away_a_file_is_kept_and_opened_by_nobody(
    cast: Cast, report: ProgressReport, settings: Settings
) -> None:
    settings.CLAMD_URL = "unix:/nowhere/clamd"
    kept = keep(cast, report, picture(), "现场.jpg")
    page = text_of(browser(cast.reporter).get(url(report)))
    assert "待扫描" in page
    for name in ("evidence", "evidence_preview"):
        address = reverse(f"progress:{name}", args=["2022", kept.pk])
        for actor in (cast.reporter, cast.office):
            assert browser(actor).get(address).status_code == 302
    scan_again(now=NOW)
    kept.refresh_from_db()
    assert kept.is_waiting
    with FakeClamd() as clamd:
        settings.CLAMD_URL = clamd.url
        scan_again(now=NOW)
    kept.refresh_from_db()
    assert kept.scan == ScanState.CLEAN
    assert browser(cast.office).get(address).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("trouble", ["lost", "a folder", "unreadable row"])
def test_a_file_that_cannot_be_read_keeps_no_other_from_being_scanned(
    cast: Cast,
    report: ProgressReport,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    trouble: str,
) -> None:
    settings.CLAMD_URL = "unix:/nowhere/clamd"
    kept = [keep(cast, report, picture(), f"现场{number}.jpg") for number in range(4)]
    bad = kept[1]
    path = Path(bad.file.path)
    if trouble != "unreadable row":
        path.unlink()
    if trouble == "a folder":
        path.mkdir()
    if trouble == "unreadable row":
        save = Evidence.save

        def poisoned(row: Evidence, **kwargs: Any) -> None:
            if row.pk == bad.pk:
                raise ValueError("示例")
            save(row, **kwargs)

        monkeypatch.setattr(Evidence, "save", poisoned)
    with FakeClamd() as clamd:
        settings.CLAMD_URL = clamd.url
        scan_again(now=NOW)
    waiting = Evidence.objects.filter(scan=ScanState.WAITING)
    assert [row.pk for row in waiting] == [bad.pk]


@pytest.mark.django_db
def test_the_original_of_a_notice_is_scanned_later_too(cast: Cast, settings: Settings) -> None:
    settings.CLAMD_URL = "unix:/nowhere/clamd"
    sent = {"way": "file", "file": SimpleUploadedFile("通知.txt", "1.建桥。\n2.修路。".encode())}
    assert browser(cast.office).post("/plans/new/", sent).status_code == 302
    source = NoticeSource.objects.get()
    assert source.is_waiting
    with FakeClamd() as clamd:
        settings.CLAMD_URL = clamd.url
        scan_again(now=NOW)
    source.refresh_from_db()
    assert source.scan == ScanState.CLEAN
    assert browser(cast.office).get(f"/plans/sources/{source.pk}/").status_code == 200


@pytest.mark.django_db
def test_a_virus_found_later_takes_the_file_off_and_keeps_it_closed(
    cast: Cast, report: ProgressReport, settings: Settings
) -> None:
    settings.CLAMD_URL = "unix:/nowhere/clamd"
    kept = keep(cast, report, VIRUS)
    with FakeClamd() as clamd:
        settings.CLAMD_URL = clamd.url
        scan_again(now=NOW)
        scan_again(now=NOW)
    kept.refresh_from_db()
    assert kept.withdrawn_at == NOW
    assert kept.is_waiting
    assert LogEntry.objects.filter(action="evidence.infected").count() == 1


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("报送单.pdf", "报送单.pdf"),
        ("C:\\文件\\报送单.pdf", "报送单.pdf"),
        ("../../etc/passwd", "passwd"),
        ("报送\u202efdp.exe", "报送fdp.exe"),
        ("换\r\n行.pdf", "换行.pdf"),
        ("", "未命名"),
    ],
)
def test_a_name_is_for_people_only(name: str, printed: str) -> None:
    assert printable_name(name) == printed


@given(st.text())
def test_a_printed_name_has_no_folder_and_fits_its_column(name: str) -> None:
    printed = printable_name(name)
    assert 0 < len(printed) <= 200
    assert "/" not in printed


@pytest.mark.django_db
def test_a_workbook_with_a_virus_is_not_even_read(cast: Cast, clamd: FakeClamd) -> None:
    with pytest.raises(Infected, match="含有病毒"):
        scanned([EICAR], name="清单.xlsx", sha256="0" * 64, actor=cast.reporter, now=NOW)
    assert LogEntry.objects.filter(action="evidence.infected").exists()
