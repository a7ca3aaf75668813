"""Issued papers as PDF, as they came back stamped, and where their words came from."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from progress.finalizing.finalize import finalize
from reports.bulletins.leaving import add_scan, make_missing_pdfs
from reports.bulletins.tests.papers import NOW, draft_of, issue, june_with_one_behind
from reports.models import Bulletin, BulletinUse
from tasks.models import Plan
from tests.cast import Cast, accept_report, at, make_item, period_of, report_of
from tests.office_files import PDF
from units.errors import NotNow, Refused
from units.files.uploads import Checked, check
from units.models import LogEntry

pytestmark = pytest.mark.django_db

SOFFICE = shutil.which("soffice")
CONVERTER = """#!/bin/sh
# as `soffice --convert-to pdf --outdir FOLDER FILE`
while [ $# -gt 2 ]; do shift; done
printf '%%PDF-1.4 ' > "$1/paper.pdf"; cat "$2" >> "$1/paper.pdf"
"""


@pytest.fixture
def issued(plan: Plan, cast: Cast) -> Bulletin:
    return issue(draft_of(june_with_one_behind(plan, cast), cast), cast)


@pytest.fixture
def converter(tmp_path: Path, settings: Any) -> Path:
    program = tmp_path / "converter"
    program.write_text(CONVERTER)
    program.chmod(0o755)
    settings.OFFICE_CONVERTER = str(program)
    return program


def page_of(bulletin: Bulletin, cast: Cast) -> str:
    client = Client()
    client.force_login(cast.office.user)
    return client.get(bulletin.get_absolute_url()).content.decode()


def scan(cast: Cast) -> Checked:
    upload = SimpleUploadedFile("盖章.pdf", PDF, "application/pdf")
    return check(upload, actor=cast.office, now=NOW)


def test_the_pdf_is_made_of_the_frozen_file_and_once(
    issued: Bulletin, cast: Cast, converter: Path
) -> None:
    assert "PDF生成中" in page_of(issued, cast)
    assert make_missing_pdfs() == 1
    issued.refresh_from_db()
    with issued.pdf.open("rb") as made, issued.file.open("rb") as frozen:
        content = made.read()
        assert content == b"%PDF-1.4 " + frozen.read()
    assert issued.pdf_sha256 == hashlib.sha256(content).hexdigest()
    assert "下载PDF" in page_of(issued, cast)
    assert make_missing_pdfs() == 0


def test_a_converter_that_fails_costs_only_that_turn(
    issued: Bulletin, cast: Cast, converter: Path
) -> None:
    converter.write_text("#!/bin/sh\nexit 1\n")
    assert make_missing_pdfs() == 0
    converter.write_text(CONVERTER)
    assert make_missing_pdfs() == 1


def test_without_one_the_page_offers_to_print(issued: Bulletin, cast: Cast, settings: Any) -> None:
    settings.OFFICE_CONVERTER = None
    assert make_missing_pdfs() == 0
    assert "打印或另存为PDF" in page_of(issued, cast)


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_makes_it(issued: Bulletin, settings: Any) -> None:
    settings.OFFICE_CONVERTER = SOFFICE
    assert make_missing_pdfs() == 1
    issued.refresh_from_db()
    with issued.pdf.open("rb") as made:
        assert made.read(5) == b"%PDF-"


def test_the_stamped_scan_comes_back_once_with_its_hash(issued: Bulletin, cast: Cast) -> None:
    kept = add_scan(bulletin=issued, scan=scan(cast), actor=cast.office, now=NOW)
    assert kept.scan_sha256 == hashlib.sha256(PDF).hexdigest()
    assert kept.scan_sha256 in LogEntry.objects.get(action="bulletin.add_scan").payload
    assert kept.scan_sha256 in page_of(kept, cast)
    with pytest.raises(NotNow, match="已登记"):
        add_scan(bulletin=issued, scan=scan(cast), actor=cast.office, now=NOW)


def test_only_what_is_issued_is_stamped_and_only_the_office_says_so(plan: Plan, cast: Cast) -> None:
    draft = draft_of(june_with_one_behind(plan, cast), cast)
    with pytest.raises(NotNow, match="尚未印发"):
        add_scan(bulletin=draft, scan=scan(cast), actor=cast.office, now=NOW)
    with pytest.raises(Refused):
        add_scan(bulletin=draft, scan=scan(cast), actor=cast.reporter, now=NOW)


@pytest.mark.usefixtures("begun_in_june")
def test_a_unit_sees_where_its_words_were_used(plan: Plan, cast: Cast) -> None:
    task = make_item(plan, cast)
    accept_report(cast, report_of(task, cast.lead, "2022-06"), at("2022-07-04"), 60)
    june = period_of(plan, "2022-06")
    finalize(period=june, actor=cast.office, now=at("2022-07-12"))
    june.refresh_from_db()
    paper = issue(draft_of(june, cast), cast)
    uses = {use.part: use.words for use in BulletinUse.objects.filter(bulletin=paper)}
    assert uses["reason"] == "原因：示例：征地滞后。"
    assert uses["next"] == "示例：实施第三批。"
    client = Client()
    client.force_login(cast.reporter.user)
    page = client.get(task.get_absolute_url()).content.decode()
    assert "通报采用" in page
    assert "原因：示例：征地滞后。" in page
    client.force_login(cast.stranger_reporter.user)
    assert "通报采用" not in client.get(task.get_absolute_url()).content.decode()
