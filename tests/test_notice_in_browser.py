"""The whole way of a notice in a real browser, as a clerk goes it: from the file to 启用, and on to
a first report that is filed, signed and accepted.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from huangshi_tasks.lib import clock
from progress.models import Duty, ProgressReport, ReportState
from tasks.models import NoticeDraft, Plan
from tasks.reader.parsed import GROUP
from tasks.reader.read import read
from tasks.reader.sources.opening import open_bytes
from tasks.reader.tests.labelled import DATA, NOBODY
from tests.cast import make_actor
from tests.coming_in import come_in
from tests.held import let_the_seconds_pass
from units.actors import Actor
from units.models import Appointment, GroupMode, Role, Unit, UnitGroup, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "Ceshi-2022"
# what the notice does not say itself
HEADS = {"document_number": "临政办发〔2025〕1号", "issued_on": "2023-01-18"}
SHORT = "c8_letter.docx"
OTHERS = {
    "c1_table.docx": 2024,
    "c2_sheet.xlsx": 2025,
    "c3_rolelines.docx": 2023,
    "c4_text.pdf": 2024,
    "c5_wechat.txt": 2023,
    "c6_projects.docx": 2024,
    "c7_restart_gb18030.txt": 2025,
}
NOTICES = [
    (SHORT, 2023),
    *(pytest.param(*each, marks=pytest.mark.slow) for each in OTHERS.items()),
]
ANSWERS = ("各方面分别编号", "按原文顺序连续编号", "不采用")
MOST_ANSWERS = 12


@pytest.fixture
def office(transactional_db: None) -> Iterator[Actor]:
    actor = make_actor(Role.OFFICE, name="督查室 审核员")
    _may_log_in(actor.user)
    yield actor
    clock.configure(None)


def _may_log_in(user: User) -> None:
    user.set_password(PASSWORD)
    user.save()


def _enter_units(name: str) -> None:
    """The administrator has entered the units that the notice names, each with a liaison."""
    reading = read(open_bytes((DATA / name).read_bytes(), name), NOBODY)
    named = [one for item in reading.items for one in item.designations if one.target != GROUP]
    for unit in dict.fromkeys(one.name for one in named):
        if unit.startswith(("各", "相关", "有关")) or unit.endswith("成员单位"):
            UnitGroup.objects.create(name=unit, mode=GroupMode.RELEVANT)
        else:
            Unit.objects.create(name=unit, kind="municipal_department")


def _people_of(unit: Unit) -> tuple[Actor, Actor]:
    """Liaison and head of a unit, since the beginning of 2022."""
    people = make_actor(Role.REPORTER, unit), make_actor(Role.SIGNER, unit)
    for each in people:
        _may_log_in(each.user)
    return people


def _sits(browser: Browser, server: object, actor: Actor) -> Page:
    page = browser.new_context(locale="zh-CN").new_page()
    come_in(page, server, actor.user, PASSWORD)
    return page


@pytest.mark.parametrize(("name", "year"), NOTICES)
def test_a_clerk_makes_a_year_of_a_notice(
    office: Actor, chromium: Browser, live_server: object, name: str, year: int
) -> None:
    _enter_units(name)
    clock.configure(date(year, 3, 27))
    page = _sits(chromium, live_server, office)
    page.goto(f"{live_server}/plans/new/")
    page.set_input_files('input[name="file"]', DATA / name)
    page.wait_for_url("**/plans/drafts/*/")
    draft = NoticeDraft.objects.get()
    fill_the_head(page, year)
    page.goto(f"{live_server}/plans/drafts/{draft.pk}/items/")
    answer_the_doubts(page)
    page.goto(f"{live_server}/plans/drafts/{draft.pk}/check/")
    page.get_by_label("已与印发文件核对一致").check()
    page.get_by_role("button", name=f"启用{year}年度责任分解").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"启用{year}年度责任分解？")
    page.get_by_role("button", name="启用", exact=True).click()
    expect(page.get_by_text(f"{year}年度责任分解已启用").first).to_be_visible()
    plan = Plan.objects.get()
    assert plan.draft == NoticeDraft.objects.get(state="activated")
    _first_report(plan, page, chromium, live_server)


def fill_the_head(page: Page, year: int) -> None:
    """What is missing of the head is typed, what is doubtful confirmed."""
    for field, value in HEADS.items():
        typed = page.locator(f'[form="reading"][name="{field}"], #reading [name="{field}"]')
        if typed.count() and not typed.first.input_value():
            typed.first.fill(value.replace("2023", str(year)))
    for tick in page.locator('[name="confirmed"]').all():
        tick.check()
    page.get_by_role("button", name="重新读取").click()
    page.wait_for_load_state()


def answer_the_doubts(page: Page) -> None:
    """The doubts that would refuse 启用, one after the other, as the desk offers the answers."""
    for _ in range(MOST_ANSWERS):
        doubt = page.locator("[data-doubt]")
        count = doubt.count()
        offered = [doubt.get_by_role("button", name=each) for each in ANSWERS]
        button = next((each.first for each in offered if each.count()), None)
        aside = page.locator('[data-doubt] button[value="@aside"]')
        if button is not None:
            button.click()
        elif aside.count():
            page.locator("[data-doubt] summary", has_text="暂缓").first.click()
            page.locator('[data-doubt] [name="reason"]').first.fill("待市政府研究")
            aside.first.click()
        else:
            return
        expect(page.locator("[data-doubt]")).not_to_have_count(count)


def _first_report(plan: Plan, office: Page, chromium: Browser, server: object) -> None:
    waiting = ProgressReport.objects.filter(period__plan=plan, duty=Duty.MAIN)
    report = waiting.select_related("responsibility__unit").order_by("pk").first()
    assert report is not None
    liaison, signer = _people_of(report.unit)
    page = _sits(chromium, server, liaison)
    page.goto(f"{server}/{plan.slug}/reports/{report.pk}/")
    for number in page.locator('[name^="reading:"][name$=":value"]').all():
        number.fill("1")
    page.get_by_label("进展情况").fill("示例：截至3月27日，已完成第一批，第二批正在实施。")
    page.locator('[name="problems"]').fill("无")
    page.get_by_label("下一步工作安排").fill("示例：4月底前完成第二批。")
    if page.locator('[name="proposed_light"]').count():  # judged in words
        page.get_by_text("正常推进", exact=True).first.click()
    page.get_by_role("button", name="保存草稿").first.click()
    expect(page.get_by_text("草稿已保存").first).to_be_visible()
    for why in page.locator('[name^="explanation:"], [name="light_reason"]').all():
        why.fill("示例：情况属实。")
    page.get_by_role("button", name="送本单位审签").first.click()
    expect(page.get_by_text("已送本单位审签").first).to_be_visible()
    page = _sits(chromium, server, signer)
    page.get_by_role("link", name="审签").first.click()
    page.get_by_role("button", name="审签并报送督查室").first.click()
    expect(page.get_by_text("已审签并报送督查室").first).to_be_visible()
    office.goto(f"{server}/{plan.slug}/review/")
    office.get_by_label("采用稿", exact=True).fill("示例：已完成第一批。")
    office.get_by_role("button", name="通过，审下一项").first.click()
    expect(office.get_by_text("秒后通过").first).to_be_visible()
    let_the_seconds_pass()
    report.refresh_from_db()
    assert report.state == ReportState.ACCEPTED
    assert Appointment.objects.filter(unit=report.unit).count() == 2
