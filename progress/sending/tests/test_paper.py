"""纸质审签 in a batch: all sheets on one page, one scan, every report leaves with it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from progress.lifecycle import by_unit
from progress.models import Evidence, ProgressReport, ReportState
from tasks.models import Plan
from tests.cast import Cast, at, fill, make_item, report_of
from tests.office_files import PDF, open_xml
from tests.pages import browser, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]
NOW = at("2022-08-03")


@pytest.fixture
def sent(cast: Cast, plan: Plan, report: ProgressReport) -> list[ProgressReport]:
    """Two reports that wait for the signature."""
    other = report_of(make_item(plan, cast, number=2), cast.lead)
    for each in (report, other):
        fill(each, cast.reporter, NOW, 180)
        by_unit.submit(report=each, actor=cast.reporter, now=NOW)
    return [report, other]


def sign(cast: Cast, reports: list[ProgressReport], content: bytes, name: str) -> object:
    file = SimpleUploadedFile(name, content)
    given = {"report": [each.pk for each in reports], "file": file}
    return browser(cast.reporter).post("/2022/send/paper/", given, follow=True)


def test_all_sheets_stand_on_one_page_and_leave_with_one_scan(
    cast: Cast, sent: list[ProgressReport]
) -> None:
    ids = ",".join(str(each.pk) for each in sent)
    page = text_of(browser(cast.reporter).get(f"/2022/sheets/?report={ids}"))
    assert page.count("填报单位（盖章）") == 2
    assert "待审签2份" in page
    word = browser(cast.reporter).get(f"/2022/sheets/word/?report={ids}")
    assert word.content.startswith(b"PK")
    sign(cast, sent, PDF, "合并扫描.pdf")
    for each in sent:
        each.refresh_from_db()
        assert each.state == ReportState.REVIEWING
        version = each.latest()
        assert version is not None
        assert version.signature == "offline"
    assert Evidence.objects.filter(kind="signed_sheet").count() == 2


def test_what_waits_no_more_keeps_the_others_from_nothing(
    cast: Cast, sent: list[ProgressReport]
) -> None:
    by_unit.withdraw(report=sent[0], actor=cast.reporter, now=NOW)
    said = text_of(sign(cast, sent, PDF, "合并扫描.pdf"))
    assert "报送督查室1份" in said
    assert "未报送：当前为“草稿”" in said


def test_only_a_scan_and_only_of_ones_own(cast: Cast, sent: list[ProgressReport]) -> None:
    sign(cast, sent, open_xml("word/document.xml"), "报送单.docx")
    file = SimpleUploadedFile("合并扫描.pdf", PDF)
    stranger = browser(cast.stranger_reporter)
    refused = stranger.post("/2022/send/paper/", {"report": sent[0].pk, "file": file})
    assert refused.status_code in (403, 404)
    for each in sent:
        each.refresh_from_db()
        assert each.state == ReportState.SIGNING
