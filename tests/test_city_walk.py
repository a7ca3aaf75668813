"""An empty system becomes 临江市 and works through its first month to the issued bulletin, page by
page and form by form: nothing that it shows, sends or prints is another city's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from email.header import decode_header, make_header
from io import BytesIO
from pathlib import Path

import pytest
from django.core import mail
from openpyxl import load_workbook

from huangshi_tasks.lib import clock
from huangshi_tasks.lib.clock import SHANGHAI
from progress.models import Duty, Period, PeriodState, ProgressReport, ReportState
from progress.reminding import run
from reports.models import Bulletin, BulletinState
from reports.workbooks.shelf import WORKBOOKS
from tasks.models import NoticeDraft, Plan
from tasks.reader.tests.labelled import DATA
from tests.clerk import Clerk
from tests.held import let_the_seconds_pass
from tests.places import texts_of_bytes
from tests.test_city_walk_in_browser import FIRST, LISTED, OWN, SIGNED, of_others
from tests.test_notice_in_browser import ANSWERS, HEADS, SHORT
from units.first_run import keys
from units.models import City, Unit

pytestmark = [pytest.mark.django_db, pytest.mark.kept]
PAGES = ("overview/", "tasks/", "matrix/", "counties/", "workbooks/", "bulletins/", "unreported/")


@pytest.fixture(autouse=True)
def today(db: None) -> Iterator[None]:
    City.objects.all().delete()
    clock.configure(date(2023, 2, 20))
    yield
    clock.configure(None)


def test_an_empty_system_becomes_a_city_and_works_through_its_month(tmp_path: Path) -> None:
    admin, office = Clerk(), Clerk()
    passwords = first_run(admin)
    come_in(office, *passwords["督查室负责人"])
    plan = take_the_notice(office)
    clock.configure(date(2023, 2, 27))
    office.go(f"/{plan.slug}/office/")
    report = main_report(plan)
    people = add_people(admin, report.unit.name, tmp_path)
    liaison, signer = Clerk(), Clerk()
    come_in(liaison, *people["联络员一"])
    come_in(signer, *people["负责人一"])
    remind(date(2023, 2, 27))
    file_the_month(liaison, signer, report)
    accept(office, report)
    clock.configure(date(2023, 3, 14))
    remind(date(2023, 3, 14))
    finalize(office, report.period)
    paper = issue(office, plan)
    for path in PAGES:
        office.go(f"/{plan.slug}/{path}")
    nothing_is_anothers([admin, office, liaison, signer], office, plan, paper)


def nothing_is_anothers(seats: list[Clerk], office: Clerk, plan: Plan, paper: Bulletin) -> None:
    said = [each for one in seats for each in one.read_again()]
    assert len(said) > 25
    for book in WORKBOOKS:
        said.append((book.slug, got(office, f"/{plan.slug}/workbooks/{book.slug}.xlsx")))
    word = got(office, f"/{plan.slug}/bulletins/{paper.pk}/word/")
    assert any("临江市人民政府办公室" in text for text in texts_of_bytes(word))
    said.append(("word", word))
    for where, body in said:
        for text in texts_of_bytes(body):
            assert of_others(text) == [], where
    assert mail.outbox
    for sent in mail.outbox:
        said_by = str(make_header(decode_header(sent.from_email)))
        assert "政务督查室" in said_by
        assert "临江市政府重点工作督查系统" in str(sent.body)
        assert of_others(f"{said_by}{sent.subject}{sent.body}") == []


def got(clerk: Clerk, path: str) -> bytes:
    answer = clerk.client.get(path)
    assert answer.status_code == 200, path
    return b"".join(answer) if answer.streaming else answer.content


def first_run(admin: Clerk) -> dict[str, tuple[str, str]]:
    """From the key to the first accounts; name → account and first password."""
    admin.go("/first-run/")
    admin.press(
        "建立账号，下一步",
        key=keys.new_key(),
        display_name="管理员甲",
        username="lj-admin",
        password1=FIRST,
        password2=FIRST,
    )
    admin.press("保存，下一步", name="临江市", bureau="政务督查室")
    admin.press("读取名单", text=LISTED)
    admin.sees("读到40个单位")
    admin.press("录入40个单位，下一步")
    assert Unit.objects.count() == 40
    admin.press("录入，下一步")
    names = {
        f"name-{place}": name for place, name in enumerate(("管理员乙", "督查室负责人", "督查员一"))
    }
    last = admin.find("//*[starts-with(@name, 'name-')]")[-1].get("name")
    admin.press("新增账号，下一步", **names, **{last: "审计员一"})
    admin.sees("初始密码条")
    found = slips(admin)
    admin.go("/first-run/notice/").press("完成首次启用")
    return found


def slips(clerk: Clerk) -> dict[str, tuple[str, str]]:
    found = {}
    for row in clerk.find("//main//tr[.//code]") or clerk.find("//main//table//tbody//tr"):
        cells = [re.sub(r"\s+", "", str(cell.text_content())) for cell in row.xpath(".//td")]
        if len(cells) >= 3:
            account, name, password = cells[:3]
            found[name] = (account, password)
    return found


def come_in(clerk: Clerk, username: str, password: str) -> None:
    """With the password of the slip, which is changed at once."""
    clerk.go("/login/").press("登 录", username=username, password=password)
    clerk.sees("首次登录须修改初始密码")
    clerk.press("修改密码", old_password=password, new_password1=OWN, new_password2=OWN)


def take_the_notice(office: Clerk) -> Plan:
    office.go("/plans/new/").press("读取", file=(SHORT, (DATA / SHORT).read_bytes()))
    draft = NoticeDraft.objects.get()
    office.go(f"/plans/drafts/{draft.pk}/")
    typed = {}
    for field, value in HEADS.items():
        inputs = office.find(f"//input[@name='{field}']")
        if inputs and not inputs[0].get("value"):
            typed[field] = value
    ticks = [each.get("value", "on") for each in office.find("//input[@name='confirmed']")]
    office.press("重新读取", **typed, **({"confirmed": ticks} if ticks else {}))
    office.go(f"/plans/drafts/{draft.pk}/items/")
    answer_the_doubts(office)
    office.go(f"/plans/drafts/{draft.pk}/check/")
    office.press("启用2023年度责任分解", checked="on")
    office.press("启用")
    office.sees("2023年度责任分解已启用")
    return Plan.objects.get(state="active")


def answer_the_doubts(office: Clerk) -> None:
    """Names: what the desk proposes, else 不是单位; then whatever would refuse 启用."""
    for _ in range(40):
        buttons = office.find("//*[@data-doubt]//button")
        said = {re.sub(r"\s+", " ", str(each.text_content())).strip(): each for each in buttons}
        proposed = [each for words, each in said.items() if words.startswith("= ")]
        neither = [each for words, each in said.items() if "不是单位" in words]
        others = [each for words, each in said.items() if any(one in words for one in ANSWERS)]
        aside = [each for each in buttons if each.get("value") == "@aside"]
        if aside and not (proposed or neither or others):
            office.fill(reason="待市政府研究")
        chosen = (proposed or neither or others or aside)[:1]
        if not chosen:
            return
        office.send(chosen[0])
        office.go(office.url)


def main_report(plan: Plan) -> ProgressReport:
    waiting = ProgressReport.objects.filter(period__plan=plan, duty=Duty.MAIN)
    return waiting.select_related("responsibility__unit", "period").order_by("pk")[0]


def add_people(admin: Clerk, unit: str, folder: Path) -> dict[str, tuple[str, str]]:
    """Liaison and head of the unit, by the workbook of accounts."""
    book = load_workbook(BytesIO(got(admin, "/import/accounts/template/")))
    sheet = next(each for each in book.worksheets if each.title == "账号和任职")
    head = next(
        row for row in sheet.iter_rows() if any("用户名" in str(cell.value) for cell in row)
    )
    at = {re.sub(r"\W", "", str(cell.value)): cell.column for cell in head if cell.value}
    below = sheet.max_row + 1
    for place, (name, role) in enumerate((("联络员一", "联络员"), ("负责人一", "单位负责人"))):
        values = {"用户名": f"lj-{place}", "姓名": name, "角色": role, "单位": unit}
        values |= {"任职起始": "2023-02-01"}
        values |= {word: f"lj-{place}@sample.invalid" for word in at if "邮" in word}
        for word, value in values.items():
            sheet.cell(below + place, at[word], value)
    book.save(folder / "filled.xlsx")
    admin.go("/import/accounts/")
    admin.press("上传并预检", file=("filled.xlsx", (folder / "filled.xlsx").read_bytes()))
    admin.press("确认写入").sees("初始密码")
    return slips(admin)


def file_the_month(liaison: Clerk, signer: Clerk, report: ProgressReport) -> None:
    liaison.go(f"/{report.period.plan.slug}/reports/{report.pk}/")
    names = [str(each.get("name")) for each in liaison.find("//*[@name]")]
    typed = {name: "1" for name in names if re.fullmatch(r"reading:.*:value", name)}
    typed |= {
        "progress": "示例：截至2月底，已完成第一批，第二批正在实施。",
        "problems": "无",
        "next_steps": "示例：3月底前完成第二批。",
    }
    if "proposed_light" in names:
        typed["proposed_light"] = "normal"
    liaison.press("保存草稿", **typed).sees("草稿已保存")
    names = [str(each.get("name")) for each in liaison.find("//*[@name]")]
    why = [name for name in names if name.startswith("explanation:") or name == "light_reason"]
    liaison.press("送本单位审签", **dict.fromkeys(why, "示例：情况属实。"))
    liaison.sees("已送本单位审签")
    signer.go(f"/{report.period.plan.slug}/signing/{report.pk}/")
    signer.press("审签并报送督查室").sees("已审签并报送督查室")
    report.refresh_from_db()
    assert report.state == ReportState.REVIEWING


def accept(office: Clerk, report: ProgressReport) -> None:
    office.go(f"/{report.period.plan.slug}/review/{report.pk}/")
    office.press("通过", digest="示例：已完成第一批。")
    let_the_seconds_pass()
    report.refresh_from_db()
    assert report.state == ReportState.ACCEPTED


def finalize(office: Clerk, period: Period) -> None:
    office.go(f"/{period.plan.slug}/periods/{period.pk}/").press("定稿")
    period.refresh_from_db()
    assert period.state == PeriodState.FINALIZED


def issue(office: Clerk, plan: Plan) -> Bulletin:
    """Drafted, each line before signing answered, signed, issued."""
    office.go(f"/{plan.slug}/bulletins/").press("起草")
    paper = Bulletin.objects.get()
    office.go(paper.get_absolute_url())
    choices = office.find("//*[@id='before-signing']//input[@type='radio']")
    first = {str(each.get("name")): each.get("value") for each in reversed(choices)}
    if first:
        office.press("保存答复", **first)
    office.press("送点名单位核对")
    clock.configure(date(2023, 3, 16))
    office.go(paper.get_absolute_url())
    office.press("登记签发", **SIGNED)
    office.press("印发")
    paper.refresh_from_db()
    assert paper.state == BulletinState.FROZEN
    return paper


def remind(day: date) -> None:
    for hour in (9, 10):
        at = datetime.combine(day, time(hour), SHANGHAI)
        run.remind(now=at, at=at)
