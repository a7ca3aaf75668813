"""One month in a real browser, with JavaScript and without: filed, signed, returned, corrected,
signed again, accepted, finalized; then the leader's page and the workbook say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from huangshi_tasks.lib import clock
from progress.finalizing.finalize import finalize
from progress.models import Period, PeriodState, ProgressReport
from progress.periods.opening import ensure_reports
from tests.cast import Cast, accept_report, at, make_item, make_plan, report_of
from tests.coming_in import come_in
from units.actors import Actor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "Ceshi-2022"
WORDS = "示例：截至7月31日，累计改造道路180公里，完成率60%，剩余路段正在招标。"
MENDED = "示例：截至7月31日，累计改造道路180公里，其中县道95公里，剩余路段8月招标。"
DIGEST = "示例：累计改造道路180公里，剩余路段8月招标。"
NEXT = "示例：8月31日前再改造25公里。"


@pytest.fixture
def year(transactional_db: None) -> Iterator[Cast]:
    """市住建局 has filed through June, which is finalized; today is 3 August 2022."""
    cast, plan = Cast(), make_plan()
    task = make_item(plan, cast)
    accept_report(cast, report_of(task, cast.lead, "2022-06"), at("2022-07-04"), 150)
    for period in Period.objects.filter(plan=plan, cycle="monthly", data_as_of__lt="2022-07-01"):
        ensure_reports(period, period.opens_on)
        finalize(period=period, actor=cast.office_head, now=at("2022-07-13"))
    for actor in (cast.reporter, cast.signer, cast.office, cast.leader):
        actor.user.set_password(PASSWORD)
        actor.user.save()
    clock.configure(date(2022, 8, 3))
    yield cast
    clock.configure(None)


class Desk:
    """One person at one browser."""

    def __init__(self, browser: Browser, server: object, actor: Actor, *, scripts: bool) -> None:
        context = browser.new_context(locale="zh-CN", java_script_enabled=scripts)
        self.page: Page = context.new_page()
        self.scripts = scripts
        come_in(self.page, server, actor.user, PASSWORD)

    def press(self, button: str) -> None:
        """Press a button; where it asks first and scripts run, confirm."""
        self.page.get_by_role("button", name=button).first.click()

    def sees(self, words: str) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_month_from_the_form_to_the_leader(
    year: Cast, chromium: Browser, live_server: object, scripts: bool, tmp_path: Path
) -> None:
    def sits(actor: Actor) -> Desk:
        return Desk(chromium, live_server, actor, scripts=scripts)

    liaison, signer, office = sits(year.reporter), sits(year.signer), sits(year.office)
    file_july(liaison)
    sign(signer)
    return_it(office)
    correct(liaison)
    sign(signer)
    accept(office)
    clock.configure(date(2022, 8, 12))
    finalize_july(office)
    assert Period.objects.get(code="2022-07").state == PeriodState.FINALIZED
    leader_reads(sits(year.leader), tmp_path)


def file_july(desk: Desk) -> None:
    page = desk.page
    expect(page.get_by_role("heading", level=1)).to_contain_text("待办3项")
    page.get_by_role("link", name="填报：").first.click()
    page.get_by_label("改造道路累计完成").fill("180")
    page.get_by_label("进展情况").fill(WORDS)
    page.get_by_label("存在问题").fill("无")
    page.get_by_label("下一步工作安排").fill(NEXT)
    page.locator('select[name^="answer:"]').first.select_option("done")
    desk.press("保存草稿")
    desk.sees("草稿已保存")
    expect(page.get_by_label("改造道路累计完成")).to_have_value("180")
    answer_warnings(page)
    desk.press("送本单位审签")
    desk.sees("已送本单位审签")


def answer_warnings(page: Page) -> None:
    """One sentence for each warning the page asks about."""
    fields = page.locator('[name^="explanation:"]')
    for index in range(fields.count()):
        fields.nth(index).fill("示例：情况属实。")


def sign(desk: Desk) -> None:
    page = desk.page
    page.get_by_role("link", name="审签").first.click()
    desk.press("审签并报送督查室")
    desk.sees("已审签并报送督查室")


def return_it(desk: Desk) -> None:
    page = desk.page
    page.get_by_role("link", name="审核").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("道路改造1")
    if desk.scripts:
        page.locator('[data-toggle="ret"]').click()
    page.get_by_text("进展笼统，无量化").click()
    page.get_by_label("补充说明").fill("示例：请写明县道里程。")
    desk.press("确认退回")
    desk.sees("已退回市住建局")
    report = ProgressReport.objects.get(period__code="2022-07")
    assert report.state == "returned"


def correct(desk: Desk) -> None:
    page = desk.page
    page.get_by_role("link", name="我的工作台").first.click()
    desk.sees("进展笼统，无量化；示例：请写明县道里程。")
    page.get_by_role("link", name="修改重报").first.click()
    desk.sees("示例：请写明县道里程")
    page.get_by_label("进展情况").fill(MENDED)
    desk.press("保存草稿")
    desk.sees("草稿已保存")
    answer_warnings(page)
    desk.press("送本单位审签")
    desk.sees("已送本单位审签")


def accept(desk: Desk) -> None:
    page = desk.page
    page.get_by_role("link", name="审核").first.click()
    page.get_by_label("采用稿", exact=True).fill(DIGEST)
    desk.press("通过，审下一项")
    desk.sees("秒后通过")  # 定稿 does not wait for the seconds


def finalize_july(desk: Desk) -> None:
    page = desk.page
    page.get_by_role("link", name="督查室").first.click()
    page.goto(page.url.split("/2022/")[0] + "/2022/periods/")
    page.get_by_role("link", name="7月").first.click()
    page.get_by_role("button", name="定稿").first.click()
    if desk.scripts:
        page.get_by_role("dialog").get_by_role("button", name="定稿").click()
    desk.sees("已定稿")


def leader_reads(desk: Desk, folder: Path) -> None:
    page = desk.page
    desk.sees("截至7月31日")
    page.get_by_role("link", name="任务台账").first.click()
    expect(page.locator("tbody")).to_contain_text("正常推进")
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 Excel").click()
    saved = folder / "ledger.xlsx"
    download.value.save_as(saved)
    sheets = load_workbook(BytesIO(saved.read_bytes())).worksheets
    rows = [row for sheet in sheets for row in sheet.iter_rows(values_only=True)]
    words = [str(cell) for row in rows for cell in row if cell]
    assert DIGEST in words
    assert "正常推进" in words
