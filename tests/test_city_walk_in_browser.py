"""An empty system becomes 临江市 in a real browser and works through its first month: names, forty
pasted units, people, a notice, 启用, a report filed, signed and accepted, 定稿, an issued bulletin.
Nothing of it says 黄石. Without scripts, and in every run: `tests/test_city_walk.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from huangshi_tasks.lib import clock
from progress.models import Duty, Period, ProgressReport, ReportState
from reports.models import Bulletin, BulletinState
from reports.workbooks.shelf import WORKBOOKS
from tasks.models import NoticeDraft, Plan, PlanState
from tasks.reader.tests.labelled import DATA
from tests.held import let_the_seconds_pass
from tests.places import of_huangshi, texts_of_bytes
from tests.test_notice_in_browser import SHORT, answer_the_doubts, fill_the_head
from units.first_run import keys
from units.models import City, Unit

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

FIRST, OWN = "Linjiang-2023-qiyong", "Linjiang-2023-banli"
# what the notice names, with other names in brackets, and the rest of a city's directory
LISTED = """市政府办公室（市政府办）
市发展和改革局（市发改局）
市自然资源和规划局（市资规局）
市住房和城乡建设局（市住建局）
市财政局（财政局）
市商务局（市口岸办）
市文化和旅游局（市文旅局）
市城市管理执法委员会（市城管执法委）
市公安局
市统计局
市市场监管局
市政务服务和大数据局（市政数局）
市税务局（国家税务总局临江市税务局）
市国资委（市人民政府国有资产监督管理委员会）
市人社局
市水利局
市供销合作社
市交通局
市应急管理局（市应急局）
市农业农村局
市卫健委
市教育局
市科技局
市民政局
市司法局
市生态环境局
市审计局
市体育局
市医保局
市林业局
市信访局
市城投集团
市交投集团
市委宣传部
东洲区人民政府
西浦区人民政府
北桥区人民政府
青屏县人民政府
云台县人民政府
高新区管委会"""


SIGNED = {"decided_by": "市政府秘书长", "decided_on": "2023-03-14", "authority": "签批件"}


class Seat:
    """One person at one browser, who remembers where they have been."""

    clicks = 0

    def __init__(self, browser: Browser, server: object) -> None:
        self.page: Page = browser.new_context(locale="zh-CN").new_page()
        self.server = server
        self.been: set[str] = set()
        self.page.on("framenavigated", lambda frame: self.been.add(frame.url))

    def read_again(self) -> Iterator[tuple[str, bytes]]:
        """What stands on all those pages now."""
        for url in sorted(each for each in self.been if each.startswith(str(self.server))):
            answer = self.page.request.get(url)
            if answer.status == 200:
                yield url, answer.body()

    def go(self, path: str) -> None:
        self.page.goto(f"{self.server}{path}")

    def press(self, name: str) -> None:
        Seat.clicks += 1
        self.page.get_by_role("button", name=name).first.click()
        self.page.wait_for_load_state()

    def confirm(self, name: str, verb: str) -> None:
        """A button that asks once more."""
        self.press(name)
        self.page.get_by_role("dialog").get_by_role("button", name=verb, exact=True).click()
        self.page.wait_for_load_state()

    def sees(self, words: str) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible()

    def come_in(self, username: str, password: str) -> None:
        """With the password of the slip, which is changed at once."""
        page = self.page
        self.go("/login/")
        page.get_by_label("账号").fill(username)
        page.locator("#password").fill(password)
        self.press("登 录")
        self.sees("首次登录须修改初始密码")
        page.get_by_label("原密码").fill(password)
        page.locator("#id_new_password1").fill(OWN)
        page.locator("#id_new_password2").fill(OWN)
        self.press("修改密码")


@pytest.fixture(autouse=True)
def today(transactional_db: None) -> Iterator[None]:
    City.objects.all().delete()
    clock.configure(date(2023, 2, 20))
    yield
    clock.configure(None)


def test_an_empty_system_becomes_a_city_and_works_through_its_month(
    chromium: Browser, live_server: object, tmp_path: Path
) -> None:
    def seat() -> Seat:
        seats.append(Seat(chromium, live_server))
        return seats[-1]

    seats: list[Seat] = []
    admin = seat()
    passwords = first_run(admin)
    office = seat()
    office.come_in(*passwords["督查室负责人"])
    plan = take_the_notice(office, live_server)
    waiting = ProgressReport.objects.filter(period__plan=plan, duty=Duty.MAIN)
    clock.configure(date(2023, 2, 27))
    office.go(f"/{plan.slug}/office/")
    report = waiting.select_related("responsibility__unit").order_by("pk")[0]
    people = add_people(admin, report.unit.name, tmp_path)
    liaison, signer = seat(), seat()
    liaison.come_in(*people["联络员一"])
    signer.come_in(*people["负责人一"])
    file_the_month(liaison, signer, report)
    report.refresh_from_db()
    assert report.state == ReportState.REVIEWING
    accept(office, report)
    clock.configure(date(2023, 3, 14))
    finalize(office, report.period)
    paper = issue(office, plan)
    office.go(f"/{plan.slug}/overview/")
    for path in (
        "review/",
        "tasks/",
        "matrix/",
        "counties/",
        "workbooks/",
        "bulletins/",
        "unreported/",
    ):
        office.go(f"/{plan.slug}/{path}")
    said = [each for one in seats for each in one.read_again()]
    assert len(said) > 25
    for url, body in said:
        assert of_others(body.decode()) == [], url
    assert Seat.clicks < 50, "more buttons than a clerk would press"
    for book in WORKBOOKS:
        answer = office.page.request.get(f"{live_server}/{plan.slug}/workbooks/{book.slug}.xlsx")
        assert answer.status == 200, book.slug
        for text in texts_of_bytes(answer.body()):
            assert of_others(text) == [], book.slug
    word = office.page.request.get(f"{live_server}/{plan.slug}/bulletins/{paper.pk}/word/")
    printed = list(texts_of_bytes(word.body()))
    assert any("临江市人民政府办公室" in text for text in printed)
    assert [name for text in printed for name in of_others(text)] == []


def of_others(text: str) -> list[str]:
    """What only the demonstration's city has: many units are called alike in every city."""
    return [name for name in of_huangshi(text) if name not in LISTED]


def first_run(admin: Seat) -> dict[str, tuple[str, str]]:
    """From the key to the first accounts; name → account and first password."""
    page = admin.page
    admin.go("/first-run/")
    page.get_by_label("启用码").fill(keys.new_key())
    page.get_by_label("姓名").fill("管理员甲")
    page.locator("#id_username").fill("lj-admin")
    page.locator("#id_password1").fill(FIRST)
    page.locator("#id_password2").fill(FIRST)
    admin.press("建立账号，下一步")
    page.locator("#id_name").fill("临江市")
    page.locator("#id_bureau").fill("政务督查室")
    admin.press("保存，下一步")
    page.locator('textarea[name="text"]').fill(LISTED)
    admin.press("读取名单")
    admin.sees("读到40个单位")
    admin.press("录入40个单位，下一步")
    assert Unit.objects.count() == 40
    admin.press("录入，下一步")
    for place, name in enumerate(("管理员乙", "督查室负责人", "督查员一")):
        page.locator(f'[name="name-{place}"]').fill(name)
    page.locator('[name^="name-"]').last.fill("审计员一")
    admin.press("新增账号，下一步")
    admin.sees("初始密码条")
    found = slips(page)
    page.get_by_role("link", name="下一步").click()
    admin.press("完成首次启用")
    return found


def slips(page: Page) -> dict[str, tuple[str, str]]:
    rows = page.locator("main table tbody tr").all()
    cells = [row.locator("td").all_inner_texts() for row in rows]
    return {name: (account, password) for account, name, password, *_ in cells if len(_) == 0}


def take_the_notice(office: Seat, server: object) -> Plan:
    page = office.page
    office.go("/plans/new/")
    page.set_input_files('input[name="file"]', DATA / SHORT)
    page.wait_for_url("**/plans/drafts/*/")
    draft = NoticeDraft.objects.get()
    fill_the_head(page, 2023)
    office.go(f"/plans/drafts/{draft.pk}/items/")
    settle_the_names(page)
    answer_the_doubts(page)
    office.go(f"/plans/drafts/{draft.pk}/check/")
    page.get_by_label("已与印发文件核对一致").check()
    office.press("启用2023年度责任分解")
    page.get_by_role("button", name="启用", exact=True).click()
    office.sees("2023年度责任分解已启用")
    return Plan.objects.get(state=PlanState.ACTIVE)


def settle_the_names(page: Page) -> None:
    """Names that the directory has otherwise: what the desk proposes, else 不是单位."""
    for _ in range(20):
        doubts = page.locator("[data-doubt]")
        before = doubts.all_inner_texts()
        proposed = doubts.get_by_role("button", name=re.compile(r"^\s*= "))
        neither = doubts.get_by_role("button", name=re.compile(r"不是单位"))
        if not proposed.count() and not neither.count():
            return
        (proposed if proposed.count() else neither).first.click()
        Seat.clicks += 1
        for _ in range(50):
            if doubts.all_inner_texts() != before:
                break
            page.wait_for_timeout(100)


def add_people(admin: Seat, unit: str, folder: Path) -> dict[str, tuple[str, str]]:
    """Liaison and head of the unit, by the workbook of accounts."""
    page = admin.page
    admin.go("/import/accounts/")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载").first.click()
    download.value.save_as(folder / "accounts.xlsx")
    book = load_workbook(BytesIO((folder / "accounts.xlsx").read_bytes()))
    sheet = next(each for each in book.worksheets if each.title == "账号和任职")
    head = next(
        row for row in sheet.iter_rows() if any("用户名" in str(cell.value) for cell in row)
    )
    at = {re.sub(r"\W", "", str(cell.value)): cell.column for cell in head if cell.value}
    below = sheet.max_row + 1
    for place, (name, role) in enumerate((("联络员一", "联络员"), ("负责人一", "单位负责人"))):
        values = {"用户名": f"lj-{place}", "姓名": name, "角色": role, "单位": unit}
        for word, value in values.items():
            sheet.cell(below + place, at[word], value)
        sheet.cell(below + place, at["任职起始"], "2023-02-01")
    book.save(folder / "filled.xlsx")
    page.set_input_files('input[name="file"]', folder / "filled.xlsx")
    admin.press("上传并预检")
    admin.press("确认写入")
    admin.sees("初始密码")
    return slips_of(page)


def slips_of(page: Page) -> dict[str, tuple[str, str]]:
    rows = page.locator("tr", has=page.locator("code")).all()
    cells = [row.locator("td").all_inner_texts() for row in rows]
    return {name: (account, password) for account, name, password in cells}


def file_the_month(liaison: Seat, signer: Seat, report: ProgressReport) -> None:
    slug, page = report.period.plan.slug, liaison.page
    liaison.go(f"/{slug}/reports/{report.pk}/")
    for number in page.locator('[name^="reading:"][name$=":value"]').all():
        number.fill("1")
    page.get_by_label("进展情况").fill("示例：截至2月底，已完成第一批，第二批正在实施。")
    page.get_by_label("存在问题").fill("无")
    page.get_by_label("下一步工作安排").fill("示例：3月底前完成第二批。")
    if page.locator('[name="proposed_light"]').count():
        page.get_by_text("正常推进", exact=True).first.click()
    liaison.press("保存草稿")
    liaison.sees("草稿已保存")
    for why in page.locator('[name^="explanation:"], [name="light_reason"]').all():
        why.fill("示例：情况属实。")
    liaison.press("送本单位审签")
    liaison.sees("已送本单位审签")
    signer.page.get_by_role("link", name="审签").first.click()
    signer.press("审签并报送督查室")
    signer.sees("已审签并报送督查室")


def accept(office: Seat, report: ProgressReport) -> None:
    office.go(f"/{report.period.plan.slug}/review/{report.pk}/")
    office.page.get_by_label("采用稿", exact=True).fill("示例：已完成第一批。")
    office.press("通过，审下一项")
    office.sees("秒后通过")
    let_the_seconds_pass()
    report.refresh_from_db()
    assert report.state == ReportState.ACCEPTED


def finalize(office: Seat, period: Period) -> None:
    office.go(f"/{period.plan.slug}/periods/{period.pk}/")
    office.confirm("定稿", "定稿")
    office.sees("于")
    expect(office.page.get_by_role("heading", name="定稿结果")).to_be_visible()


def issue(office: Seat, plan: Plan) -> Bulletin:
    """The units that are named have a day to answer; then it is signed and issued."""
    page = office.page
    office.go(f"/{plan.slug}/bulletins/")
    office.press("起草")
    paper = Bulletin.objects.get()
    office.go(paper.get_absolute_url())
    office.confirm("送点名单位核对", "送核对")
    office.sees("已送点名单位核对")
    clock.configure(date(2023, 3, 16))
    office.go(paper.get_absolute_url())
    page.locator("summary", has_text="登记签发").click()
    for name, value in SIGNED.items():
        page.locator(f'[name="{name}"]').first.fill(value)
    office.press("登记签发")
    office.sees("可以印发")
    office.confirm("印发", "印发")
    office.sees("文件不再改变")
    paper.refresh_from_db()
    assert paper.state == BulletinState.FROZEN
    return paper
