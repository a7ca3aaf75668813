"""Files in a real browser: chosen and dropped, with progress; what is refused says why and what was
typed stays; without scripts the same form posts them whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from huangshi_tasks.lib import clock
from progress.models import Evidence, ProgressReport
from tests.cast import Cast, make_item, make_plan, report_of
from tests.coming_in import come_in
from tests.office_files import PDF, open_xml, picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "Ceshi-2022"
WORDS = "示例：正在填写，还没有保存。"
LARGE = PDF[:9] + b"0" * 3_000_000 + PDF[9:]
DROP = """(drop, [name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name));
  const how = { dataTransfer: data, bubbles: true, cancelable: true };
  drop.dispatchEvent(new DragEvent("drop", how));
}"""


@pytest.fixture
def july(transactional_db: None) -> Iterator[tuple[Cast, ProgressReport]]:
    """市住建局 owes July; today is 3 August 2022."""
    cast = Cast()
    report = report_of(make_item(make_plan(), cast), cast.lead)
    cast.reporter.user.set_password(PASSWORD)
    cast.reporter.user.save()
    clock.configure(date(2022, 8, 3))
    yield cast, report
    clock.configure(None)


def form_of(
    browser: Browser, server: object, july: tuple[Cast, ProgressReport], *, scripts: bool
) -> Page:
    cast, report = july
    page = browser.new_context(locale="zh-CN", java_script_enabled=scripts).new_page()
    come_in(page, server, cast.reporter.user, PASSWORD)
    page.goto(f"{server}/2022/reports/{report.pk}/")
    return page


def file_of(name: str, content: bytes) -> Any:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def names() -> list[str]:
    return sorted(Evidence.objects.values_list("name", flat=True))


def test_files_go_up_with_progress_and_typed_text_stays(
    july: tuple[Cast, ProgressReport], chromium: Browser, live_server: object
) -> None:
    page = form_of(chromium, live_server, july, scripts=True)
    page.get_by_label("进展情况").fill(WORDS)
    slow = page.context.new_cdp_session(page)
    slow.send("Network.enable")
    limits = {"offline": False, "latency": 0, "downloadThroughput": -1}
    slow.send("Network.emulateNetworkConditions", {**limits, "uploadThroughput": 2_000_000})
    files = [file_of("扫描件.pdf", LARGE), file_of("现场.jpg", picture())]
    page.locator("#f-evidence input[type=file]").set_input_files(files)
    rows = page.locator("#files-upload .file")
    expect(rows).to_have_count(2)
    expect(rows.first.locator(".upl")).to_have_text(re.compile(r"^[1-9]\d?%$"))
    expect(rows.first.get_by_role("link", name="扫描件.pdf")).to_be_visible()
    preview = rows.nth(1).get_by_role("img", name="预览现场.jpg")
    expect(preview).to_be_visible()
    assert preview.evaluate("image => image.decode().then(() => image.naturalWidth)") == 40
    expect(page.get_by_label("进展情况")).to_have_value(WORDS)
    assert names() == ["扫描件.pdf", "现场.jpg"]


def test_a_refused_file_says_why_and_others_go_on(
    july: tuple[Cast, ProgressReport], chromium: Browser, live_server: object
) -> None:
    page = form_of(chromium, live_server, july, scripts=True)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    drop = page.locator(".drop")
    drop.evaluate(DROP, ["报告.pdf", "<html>不是PDF</html>"])
    alert = page.get_by_role("alert").filter(
        has_text="报告.pdf：只能上传PDF、OFD、Office或WPS文档、图片"
    )
    expect(alert).to_be_visible()
    macro = open_xml("word/document.xml", "word/vbaProject.bin")
    page.locator("#f-evidence input[type=file]").set_input_files(
        [file_of("方案.docx", macro), file_of("清单.xlsx", open_xml("xl/workbook.xml"))]
    )
    expect(page.get_by_text("方案.docx：文件含有宏")).to_be_visible()
    expect(page.get_by_role("link", name="清单.xlsx")).to_be_visible()
    page.locator("#f-evidence input[type=file]").set_input_files(
        [file_of("过大.pdf", b"0" * (20 * 1024 * 1024 + 1))]
    )
    expect(page.get_by_text("过大.pdf：文件超过20MB")).to_be_visible()
    alert.get_by_role("button", name="知道了").click()
    expect(alert).to_be_hidden()
    assert names() == ["清单.xlsx"]
    assert problems == []


def test_an_answer_that_was_lost_is_asked_for_again_and_the_file_kept_once(
    july: tuple[Cast, ProgressReport], chromium: Browser, live_server: object
) -> None:
    """The network breaks off when the server has kept the file already."""
    page = form_of(chromium, live_server, july, scripts=True)
    lost: list[int] = []
    network = page.context.new_cdp_session(page)

    def lose_the_first(answer: dict[str, Any]) -> None:
        which = {"requestId": answer["requestId"]}
        if lost:
            network.send("Fetch.continueRequest", which)
            return
        lost.append(answer["responseStatusCode"])
        network.send("Fetch.failRequest", {**which, "errorReason": "ConnectionReset"})

    network.on("Fetch.requestPaused", lose_the_first)
    answers = {"urlPattern": "*/evidence/", "requestStage": "Response"}
    network.send("Fetch.enable", {"patterns": [answers]})
    files = [file_of("扫描件.pdf", PDF), file_of("现场.jpg", picture())]
    page.locator("#f-evidence input[type=file]").set_input_files(files)
    failed = page.get_by_role("alert").filter(has_text="扫描件.pdf：网络中断，没有上传完。")
    expect(failed).to_be_visible()
    expect(page.get_by_role("link", name="现场.jpg", exact=True)).to_be_visible()
    assert lost == [200]
    failed.get_by_role("button", name="重试").click()
    expect(page.get_by_role("link", name="扫描件.pdf")).to_be_visible()
    expect(failed).to_be_hidden()
    assert names() == ["扫描件.pdf", "现场.jpg"]


def test_the_same_file_chosen_again_stays_one_row(
    july: tuple[Cast, ProgressReport], chromium: Browser, live_server: object
) -> None:
    page = form_of(chromium, live_server, july, scripts=True)
    for said in ("已上传：现场.jpg。", "现场.jpg已上传过，没有重复保存。"):
        page.locator("#f-evidence input[type=file]").set_input_files(file_of("现场.jpg", picture()))
        expect(page.locator("#toasts").get_by_text(said)).to_be_visible()
    expect(page.locator("#files-upload .file")).to_have_count(1)
    assert names() == ["现场.jpg"]


def test_without_scripts_the_form_posts_them_whole(
    july: tuple[Cast, ProgressReport], chromium: Browser, live_server: object
) -> None:
    page = form_of(chromium, live_server, july, scripts=False)
    page.locator("#f-evidence input[type=file]").set_input_files(
        [file_of("清单.pdf", PDF), file_of("网页.pdf", b"<html></html>")]
    )
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.get_by_text("已上传：清单.pdf。")).to_be_visible()
    expect(page.get_by_text("网页.pdf：只能上传PDF")).to_be_visible()
    assert names() == ["清单.pdf"]
