"""Signing on paper in a real browser: the sheet is printed, and its scan carries the report to the
office.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from huangshi_tasks.lib import clock
from progress.lifecycle import by_unit
from progress.models import EvidenceKind, ProgressReport
from tests.cast import Cast, accept_report, at, fill, make_item, make_plan, report_of
from tests.coming_in import come_in
from tests.office_files import PDF, open_xml
from units.actors import Actor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "Ceshi-2022"
NOW = at("2022-08-02")


@pytest.fixture
def july(transactional_db: None) -> Iterator[tuple[Cast, ProgressReport]]:
    """July of 市住建局 waits for the signer; today is 3 August 2022."""
    cast = Cast()
    task = make_item(make_plan(), cast)
    accept_report(cast, report_of(task, cast.lead, "2022-06"), at("2022-07-04"), 150)
    report = report_of(task, cast.lead)
    fill(report, cast.reporter, NOW, 180)
    by_unit.submit(report=report, actor=cast.reporter, now=NOW)
    for actor in (cast.reporter, cast.office):
        actor.user.set_password(PASSWORD)
        actor.user.save()
    clock.configure(date(2022, 8, 3))
    yield cast, report
    clock.configure(None)


def sits(browser: Browser, server: object, actor: Actor, path: str) -> Page:
    page = browser.new_context(locale="zh-CN").new_page()
    come_in(page, server, actor.user, PASSWORD, path)
    return page


def send(page: Page, name: str, content: bytes) -> None:
    page.get_by_text("线下审签（上传盖章报送单）").click()
    scan = FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
    page.get_by_label("盖章报送单扫描件").set_input_files(scan)
    page.get_by_role("button", name="上传并报送督查室").click()


def test_a_stamped_sheet_is_printed_scanned_and_read_by_the_office(
    july: tuple[Cast, ProgressReport], chromium: Browser, live_server: object
) -> None:
    cast, report = july
    path = f"/2022/reports/{report.pk}/"
    page = sits(chromium, live_server, cast.reporter, path)
    page.get_by_role("link", name="报送单", exact=True).first.click()
    for words in ("填报单位（盖章）", "审签人", "填报人", "联系电话", "填报日期"):
        expect(page.get_by_text(words).first).to_be_visible()
    page.goto(f"{live_server}{path}")
    send(page, "方案.docx", open_xml("word/document.xml"))
    expect(page.get_by_text("请上传扫描件或照片").first).to_be_visible()
    page.goto(f"{live_server}{path}")
    send(page, "盖章报送单.pdf", PDF)
    expect(page.get_by_text("已凭盖章报送单报送督查室").first).to_be_visible()
    report.refresh_from_db()
    version = report.latest()
    assert version is not None
    assert (report.state, version.signature) == ("reviewing", "offline")
    assert version.evidence.get().kind == EvidenceKind.SIGNED_SHEET
    office = sits(chromium, live_server, cast.office, f"/2022/review/{report.pk}/")
    expect(office.get_by_text("线下审签，请核对盖章报送单").first).to_be_visible()
    with office.expect_download() as download:
        office.get_by_role("link", name="盖章报送单.pdf").first.click()
    assert download.value.path().read_bytes() == PDF
