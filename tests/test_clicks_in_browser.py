"""How many clicks a task of a unit takes in a browser (docs/usability.md)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Browser, Page, expect

from huangshi_tasks.lib import clock
from progress.lifecycle import by_unit
from progress.models import ProgressReport, ReportState
from reports.bulletins import acts as papers
from reports.bulletins.tests.papers import draft_of, finalize
from reports.models import BulletinLine
from tests.cast import (
    BESIDE,
    TEXT,
    Cast,
    at,
    fill,
    make_item,
    make_plan,
    only_filings,
    period_of,
    report_of,
)
from tests.coming_in import come_in
from units.actors import Actor
from units.sheets.tests.filled import Filler

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "Ceshi-2022"
ITEMS = 5
NOW = at("2022-08-02")


@pytest.fixture
def year(transactional_db: None) -> Iterator[Cast]:
    """Five items of 市住建局 for July; today is 3 August 2022."""
    cast, plan = Cast(), make_plan()
    for number in range(1, ITEMS + 1):
        report_of(make_item(plan, cast, number), cast.lead)
    only_filings(plan)
    for actor in (cast.reporter, cast.signer):
        actor.user.set_password(PASSWORD)
        actor.user.save()
    clock.configure(date(2022, 8, 3))
    yield cast
    clock.configure(None)


class Hands:
    """One person at one browser, who counts."""

    def __init__(self, browser: Browser, server: object, actor: Actor, path: str) -> None:
        self.page: Page = browser.new_context(locale="zh-CN").new_page()
        come_in(self.page, server, actor.user, PASSWORD, path)
        self.clicks, self.since = 0, monotonic()

    def press(self, words: str, role: str = "button") -> None:
        self.clicks += 1
        self.page.get_by_role(role, name=words).first.click()  # type: ignore[arg-type]

    def tell(self, task: str) -> None:
        print(f"{task}: {self.clicks} clicks, {monotonic() - self.since:.1f} s")  # noqa: T201


def test_five_items_in_excel_take_six_clicks(
    year: Cast, chromium: Browser, live_server: object, tmp_path: Path
) -> None:
    hands = Hands(chromium, live_server, year.reporter, "/2022/desk/")
    hands.press("Excel填报", "link")
    with hands.page.expect_download() as download:
        hands.press("下载填报表", "link")
    path = tmp_path / "filled.xlsx"
    path.write_bytes(_filled(download.value.path().read_bytes()))
    hands.clicks += 1  # the file is chosen
    hands.page.locator('input[type="file"]').set_input_files(path)
    hands.press("上传并预检")
    hands.press("确认写入")
    hands.press(f"送审签{ITEMS}项")
    expect(hands.page.get_by_text(f"已送审签{ITEMS}项").first).to_be_visible()
    hands.tell("excel")
    assert hands.clicks <= 6
    assert {each.state for each in ProgressReport.objects.filter(period__code="2022-07")} == {
        ReportState.SIGNING
    }


def _filled(content: bytes) -> bytes:
    filler = Filler(content)
    for row in range(1, ITEMS + 1):
        filler.cell("数字", row, "累计完成").value = 200
        filler.cell("进展文字", row, "进展情况").value = TEXT
        filler.cell("进展文字", row, "存在问题").value = str(BESIDE["problems"])
        filler.cell("进展文字", row, "下一步工作安排").value = str(BESIDE["next_steps"])
    return filler.content


def test_one_report_takes_two_clicks(year: Cast, chromium: Browser, live_server: object) -> None:
    hands = Hands(chromium, live_server, year.reporter, "/2022/desk/")
    hands.press("填报：", "link")
    hands.page.get_by_label("改造道路累计完成").fill("200")
    hands.page.get_by_label("进展情况").fill(TEXT)
    hands.page.get_by_label("存在问题").fill(str(BESIDE["problems"]))
    hands.page.get_by_label("下一步工作安排").fill(str(BESIDE["next_steps"]))
    hands.press("送本单位审签")
    expect(hands.page.get_by_text("已送本单位审签").first).to_be_visible()
    hands.tell("one report")
    assert hands.clicks <= 2


def test_five_reports_are_signed_with_four_clicks(
    year: Cast, chromium: Browser, live_server: object
) -> None:
    for report in ProgressReport.objects.filter(period__code="2022-07"):
        fill(report, year.reporter, NOW, 200)
        by_unit.submit(report=report, actor=year.reporter, now=NOW)
    hands = Hands(chromium, live_server, year.signer, "/2022/desk/")
    hands.press(f"审签{ITEMS}项", "link")
    hands.clicks += 1
    hands.page.get_by_label("全选").check()
    hands.press("审签并报送")
    hands.clicks += 1
    hands.page.locator("dialog .cf-ok").click()
    expect(hands.page.get_by_text("没有待审签的进展").first).to_be_visible()
    hands.tell("batch signing")
    assert hands.clicks <= 4


def test_all_lines_of_a_bulletin_take_two_clicks(
    year: Cast, chromium: Browser, live_server: object
) -> None:
    plan = report_of_any().period.plan
    paper = draft_of(finalize(period_of(plan, "2022-06")), year)
    for task in plan.tasks.all():
        BulletinLine.objects.create(
            bulletin=paper, kind="behind", unit=year.lead, task=task, facts="完成率20%"
        )
    papers.ask(bulletin=paper, actor=year.office, now=at("2022-08-03", "09:00:00"))
    hands = Hands(chromium, live_server, year.reporter, "/2022/desk/")
    hands.press("核对：", "link")
    hands.press("全部无异议")
    expect(hands.page.get_by_text(f"已核对{ITEMS}条").first).to_be_visible()
    hands.tell("bulletin")
    assert hands.clicks <= 2
    assert not BulletinLine.objects.filter(answered_at=None).exists()


def report_of_any() -> ProgressReport:
    return ProgressReport.objects.select_related("period__plan").first()  # type: ignore[return-value]
