"""Files of a report: upload, the stamped sheet, download, taking off."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huangshi_tasks.lib import clock
from progress.lifecycle import by_office, by_unit
from progress.models import Evidence, EvidenceKind, ProgressReport, ReportState
from tests.cast import Cast, accept_report, at, attach, file_report, fill
from tests.office_files import PDF, open_xml, picture
from tests.pages import browser, draft, km_key, latest, text_of, url
from units.actors import Actor
from units.models import LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

NOW = at("2022-08-03")
PNG = picture("PNG")


def photo(name: str = "现场.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PNG)


def upload(actor: Actor, report: ProgressReport, name: str = "现场.png") -> Evidence:
    browser(actor).post(url(report, "evidence_upload"), {"file": photo(name)})
    return Evidence.objects.latest("pk")


def address(evidence: Evidence, name: str = "evidence") -> str:
    return reverse(f"progress:{name}", args=["2022", evidence.pk])


def sent_for_signing(cast: Cast, report: ProgressReport) -> ProgressReport:
    fill(report, cast.reporter, NOW, 180)
    return by_unit.submit(report=report, actor=cast.reporter, now=NOW)


def stored_files() -> set[Path]:
    return {each for each in Path(settings.MEDIA_ROOT).rglob("*") if each.is_file()}


def test_every_upload_says_that_nothing_classified_may_enter(
    cast: Cast, report: ProgressReport
) -> None:
    assert "严禁上传涉密信息" in text_of(browser(cast.reporter).get(url(report)))
    sent_for_signing(cast, report)
    assert "严禁上传涉密信息" in text_of(browser(cast.reporter).get(url(report)))


def test_a_file_may_be_the_first_thing_of_a_report(cast: Cast, report: ProgressReport) -> None:
    evidence = upload(cast.reporter, report)
    assert evidence.version == latest(report)
    assert "现场" not in str(evidence.file.name)
    assert evidence.name == "现场.png"
    assert LogEntry.objects.filter(action="evidence.add").exists()


def test_a_file_comes_back_as_an_attachment_and_the_log_knows(
    cast: Cast, report: ProgressReport
) -> None:
    evidence = upload(cast.reporter, report)
    response = browser(cast.signer).get(address(evidence))
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "image/png"
    assert b"".join(response.streaming_content) == PNG  # type: ignore[attr-defined]
    assert LogEntry.objects.filter(action="evidence.download").exists()


def test_nobody_else_reaches_a_file_of_a_draft(cast: Cast, report: ProgressReport) -> None:
    evidence = upload(cast.reporter, report)
    for actor in (cast.stranger_reporter, cast.supporter, cast.leader, cast.observer, cast.admin):
        assert browser(actor).get(address(evidence)).status_code == 404


def test_a_file_of_a_returned_version_counts_once_the_report_is_accepted(
    cast: Cast, report: ProgressReport
) -> None:
    evidence = upload(cast.reporter, report)
    sent = file_report(cast, report, NOW, 180)
    by_office.return_to_unit(report=sent, actor=cast.office, now=NOW, reason="示例：补充照片。")
    assert browser(cast.leader).get(address(evidence)).status_code == 404
    accept_report(cast, report, NOW, 181)
    assert browser(cast.leader).get(address(evidence)).status_code == 200
    assert "现场.png" in text_of(browser(cast.leader).get(url(report)))


def test_the_stamped_sheet_of_a_returned_version_stays_with_the_unit(
    cast: Cast, report: ProgressReport
) -> None:
    sent_for_signing(cast, report)
    sheet = attach(report, cast.reporter, NOW, EvidenceKind.SIGNED_SHEET)
    by_unit.sign_offline(report=report, actor=cast.reporter, now=NOW, sheet=sheet)
    by_office.return_to_unit(report=report, actor=cast.office, now=NOW, reason="示例：补充照片。")
    accept_report(cast, report, NOW, 181)
    assert not Evidence.objects.visible_to(cast.leader).filter(pk=sheet.pk).exists()
    assert Evidence.objects.visible_to(cast.reporter).filter(pk=sheet.pk).exists()


def test_a_wrong_file_can_be_taken_off_until_it_was_accepted(
    cast: Cast, report: ProgressReport
) -> None:
    wrong = upload(cast.reporter, report)
    right = upload(cast.reporter, report, "现场二.png")
    sent = file_report(cast, report, NOW, 180)
    client = browser(cast.reporter)
    assert "不能撤下" in text_of(client.post(address(wrong, "evidence_withdraw"), follow=True))
    by_office.return_to_unit(report=sent, actor=cast.office, now=NOW, reason="示例：附件有误。")
    client.post(address(wrong, "evidence_withdraw"))
    wrong.refresh_from_db()
    assert wrong.withdrawn_at is not None
    page = text_of(client.get(url(report)))
    assert address(wrong) not in page
    assert address(right) in page
    assert LogEntry.objects.filter(action="evidence.withdraw").exists()


def test_after_a_correction_was_opened_the_accepted_files_stay(
    cast: Cast, report: ProgressReport
) -> None:
    evidence = upload(cast.reporter, report)
    accepted = accept_report(cast, report, NOW, 180)
    by_office.correct(report=accepted, actor=cast.reporter, now=NOW, reason="示例：里程有误。")
    browser(cast.reporter).post(address(evidence, "evidence_withdraw"))
    evidence.refresh_from_db()
    assert evidence.withdrawn_at is None


def test_done_without_evidence_says_so_where_files_are_added(
    cast: Cast, report: ProgressReport
) -> None:
    client = browser(cast.reporter)
    page = draft(client, report, **{km_key(report): "300"})
    assert 'href="#f-evidence"' in page
    assert "报告已完成的，请上传佐证材料" in page[page.index('id="f-evidence"') :]


def test_a_scan_of_the_stamped_sheet_signs(cast: Cast, report: ProgressReport) -> None:
    sent_for_signing(cast, report)
    sheet = SimpleUploadedFile("报送单.pdf", PDF)
    browser(cast.reporter).post(url(report, "sign_offline"), {"file": sheet})
    report.refresh_from_db()
    assert report.state == ReportState.REVIEWING
    assert latest(report).signature == "offline"
    assert Evidence.objects.get(kind="signed_sheet").version == latest(report)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"MZ\x90\x00", "只能上传PDF、OFD、Office或WPS文档、图片"),
        (b"", "文件是空的"),
        (PDF[:20], "文件不完整"),
        (open_xml("word/document.xml"), "盖章报送单请上传扫描件或照片"),
    ],
)
def test_a_sheet_that_is_none_signs_nothing(
    cast: Cast, report: ProgressReport, content: bytes, sentence: str
) -> None:
    sent_for_signing(cast, report)
    sheet = SimpleUploadedFile("报送单.pdf", content, content_type="application/pdf")
    client = browser(cast.reporter)
    response = client.post(url(report, "sign_offline"), {"file": sheet}, follow=True)
    assert sentence in text_of(response)
    report.refresh_from_db()
    assert report.state == ReportState.SIGNING
    assert not Evidence.objects.exists()


def test_a_sheet_that_comes_too_late_leaves_no_file_behind(
    cast: Cast, report: ProgressReport
) -> None:
    sent_for_signing(cast, report)
    before = stored_files()
    clock.configure(at("2022-08-16").date())
    sheet = SimpleUploadedFile("报送单.pdf", PDF)
    response = browser(cast.signer).post(url(report, "sign_offline"), {"file": sheet}, follow=True)
    assert "已于8月12日关闭" in text_of(response)
    assert not Evidence.objects.exists()
    assert stored_files() == before


def test_no_file_chosen_is_said(cast: Cast, report: ProgressReport) -> None:
    response = browser(cast.reporter).post(url(report, "evidence_upload"), {}, follow=True)
    assert "请选择文件" in text_of(response)


def test_a_file_of_more_than_20_megabytes_is_refused(cast: Cast, report: ProgressReport) -> None:
    large = SimpleUploadedFile("大.pdf", PDF + b"0" * (20 * 1024 * 1024))
    response = browser(cast.reporter).post(
        url(report, "evidence_upload"), {"file": large}, follow=True
    )
    assert "20MB" in text_of(response)
    assert not Evidence.objects.exists()


def test_several_files_at_once_each_by_itself(cast: Cast, report: ProgressReport) -> None:
    files = [
        SimpleUploadedFile("清单.xlsx", open_xml("xl/workbook.xml")),
        SimpleUploadedFile("网页.pdf", b"<html></html>"),
        SimpleUploadedFile("宏.docx", open_xml("word/document.xml", "word/vbaProject.bin")),
        photo(),
    ]
    client = browser(cast.reporter)
    page = text_of(client.post(url(report, "evidence_upload"), {"file": files}, follow=True))
    assert "已上传：清单.xlsx、现场.png。" in page
    assert "网页.pdf：只能上传PDF" in page
    assert "宏.docx：文件含有宏" in page
    assert [each.name for each in Evidence.objects.order_by("pk")] == ["清单.xlsx", "现场.png"]


def test_only_refused_files_make_no_draft(cast: Cast, report: ProgressReport) -> None:
    page = SimpleUploadedFile("网页.pdf", b"<html></html>")
    browser(cast.reporter).post(url(report, "evidence_upload"), {"file": page})
    assert report.latest() is None


def test_a_script_gets_the_row_or_the_reason(cast: Cast, report: ProgressReport) -> None:
    client = browser(cast.reporter)
    script = {"Accept": "application/json"}
    address_ = url(report, "evidence_upload")
    good = client.post(address_, {"file": photo()}, headers=script)
    assert "现场.png" in good.json()["row"]
    assert f"/evidence/{Evidence.objects.get().pk}/preview/" in good.json()["row"]
    bad = client.post(address_, {"file": SimpleUploadedFile("x.svg", b"<svg/>")}, headers=script)
    assert bad.status_code == 409
    assert bad.json()["problem"].startswith("x.svg：只能上传")


def test_the_preview_has_the_permission_of_its_file(cast: Cast, report: ProgressReport) -> None:
    preview = address(upload(cast.reporter, report), "evidence_preview")
    seen = browser(cast.reporter).get(preview)
    assert seen["Content-Type"] == "image/jpeg"
    assert seen["X-Content-Type-Options"] == "nosniff"
    for actor in (cast.stranger_reporter, cast.supporter, cast.leader, cast.admin):
        assert browser(actor).get(preview).status_code == 404


def test_what_is_no_image_has_no_preview(cast: Cast, report: ProgressReport) -> None:
    sheet = SimpleUploadedFile("清单.pdf", PDF)
    browser(cast.reporter).post(url(report, "evidence_upload"), {"file": sheet})
    preview = address(Evidence.objects.get(), "evidence_preview")
    assert browser(cast.reporter).get(preview).status_code == 404
