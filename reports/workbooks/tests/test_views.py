"""台账报表: who finds which workbooks, what a download holds whatever was typed, and the log."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from urllib.parse import unquote

import pytest

from reports.excel.cells import CUT
from reports.tests.factories import freeze
from reports.tests.random_year import designate
from reports.tests.reckoning import book_of, totals_of, unequal
from reports.workbooks.shelf import WORKBOOKS
from tasks.models import Plan
from tests.cast import Cast, at, make_item, make_responsibility, make_task, make_unit
from tests.matters import answered, make_instruction
from tests.pages import browser
from units.actors import Actor
from units.models import LogEntry

pytestmark = pytest.mark.django_db
PAGE = "/2022/workbooks/"
HOSTILE = '=HYPERLINK("http://示例")\x00\x0b\ufffe😀𠮷㙍'
LONG_NAME = (
    "市新型工业化和现代服务业融合发展暨重大项目建设推进工作领导小组办公室"
    "（示例单位）黄石市人民政府驻外联络处工作专班一二三四"
)


def download(actor: Actor, slug: str, **query: Any) -> Any:
    response = browser(actor).get(f"{PAGE}{slug}.xlsx", query)
    assert response.status_code == 200, response
    return book_of(response.content)


def values_of(book: Any) -> list[Any]:
    return [
        cell
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None
    ]


@pytest.mark.parametrize("who", ["office", "leader", "observer", "reporter", "signer"])
def test_the_page_offers_every_workbook_to_whoever_has_one(
    plan: Plan, cast: Cast, who: str
) -> None:
    make_item(plan, cast)
    html = browser(getattr(cast, who)).get(PAGE).content.decode()
    for book in WORKBOOKS:
        assert f'action="{PAGE}{book.slug}.xlsx"' in html
        assert str(book.title) in html


def test_the_menu_of_the_office_and_of_readers_leads_there_a_unit_finds_it_at_its_ledger(
    plan: Plan, cast: Cast
) -> None:
    make_item(plan, cast)
    for actor, address in (
        (cast.office, "/2022/overview/"),
        (cast.leader, "/2022/overview/"),
        (cast.reporter, "/2022/tasks/"),
    ):
        assert f'href="{PAGE}"' in browser(actor).get(address).content.decode()


def test_units_are_offered_their_own_rows_and_readers_no_open_period(
    plan: Plan, cast: Cast
) -> None:
    make_item(plan, cast)
    other = make_task(plan, 2)
    make_responsibility(other, cast.co_lead, is_primary=True)
    own = browser(cast.reporter).get(PAGE).content.decode()
    assert cast.co_lead.name not in own
    assert 'name="unit"' not in own
    assert 'name="unit"' in browser(cast.leader).get(PAGE).content.decode()
    assert "2022年7月（未定稿）" in own
    assert "未定稿" not in browser(cast.leader).get(PAGE).content.decode()


@pytest.mark.parametrize("book", WORKBOOKS, ids=lambda book: book.slug)
def test_whatever_was_typed_is_text_in_every_workbook(book: Any, plan: Plan, cast: Cast) -> None:
    unit = make_unit(LONG_NAME)
    task = make_item(plan, cast, short_title="=1+1", text=f"{HOSTILE.replace(chr(0), '')}。")
    make_responsibility(task, unit, "support", leader_name="=2+2", contact_name="@SUM(A1)")
    designate(task, unit, "support")
    typed = {name: HOSTILE.replace("\x00", "") for name in ("problems", "next_digest")}
    freeze(task, "late", percent=10, digest="长" * 40_000, unit_reason="-1+1", **typed)
    plan.periods.filter(code="2022-06").update(state="finalized")
    found = download(cast.office, book.slug)
    formulas = [cell for cell in values_of(found) if cell.data_type == "f"]
    assert {cell.parent.title for cell in formulas} == {"汇总"}
    assert not any(cell.data_type == "e" for cell in values_of(found))
    assert all(len(name) <= 31 for name in found.sheetnames)
    assert unequal(found) == []
    texts = [str(cell.value) for cell in values_of(found)]
    if book.slug in {"ledger", "behind"}:
        assert any("😀𠮷㙍" in text and "\ufffd\ufffd" in text for text in texts)
    if book.slug in {"ledger", "monthly"}:
        assert any(text.endswith(CUT) for text in texts)


def test_every_download_is_in_the_log_with_what_was_chosen(plan: Plan, cast: Cast) -> None:
    task = make_item(plan, cast)
    freeze(task)
    plan.periods.filter(code="2022-06").update(state="finalized")
    url = f"{PAGE}behind.xlsx?period=2022-06-30&unit={cast.lead.pk}&col=0&col=2"
    response = browser(cast.leader).get(url)
    entry = LogEntry.objects.get(action="export")
    assert (entry.user, entry.summary) == (cast.leader.user, "导出未达序时清单")
    changes = json.loads(entry.payload)["changes"]
    assert changes["filters"] == {
        "unit": str(cast.lead.pk),
        "period": "2022-06-30",
        "col": [0, 2],
    }
    name = unquote(response["Content-Disposition"])
    assert name.endswith("未达序时清单_2022年6月_市住建局_20220803.xlsx")


@pytest.mark.parametrize(
    "query",
    ["period=昨天", "period=😀", "period=2022-06-31", "unit=999999", "area=甲", "leader=x"],
)
def test_a_choice_that_there_is_not_leads_back_with_a_sentence(
    plan: Plan, cast: Cast, query: str
) -> None:
    make_item(plan, cast)
    response = browser(cast.office).get(f"{PAGE}ledger.xlsx?{query}", follow=True)
    assert response.redirect_chain == [(PAGE, 302)]
    assert "请重新选择后下载。" in response.content.decode()
    assert not LogEntry.objects.filter(action="export").exists()


@pytest.mark.parametrize("columns", ["col=x", "col=-1", "col=²", "col=999999999999", "col="])
def test_columns_that_there_are_not_are_passed_over(plan: Plan, cast: Cast, columns: str) -> None:
    make_item(plan, cast)
    assert browser(cast.office).get(f"{PAGE}ledger.xlsx?{columns}").status_code == 200


def test_a_workbook_that_there_is_not_is_not_found(plan: Plan, cast: Cast) -> None:
    assert browser(cast.office).get(f"{PAGE}nothing.xlsx").status_code == 404


def test_the_ledger_of_instructions_has_the_rows_of_its_page(plan: Plan, cast: Cast) -> None:
    answered(cast, make_instruction(cast, plan))
    make_instruction(cast, plan, title="示例逾期事项", due_on=date(2022, 8, 1))
    make_instruction(cast, plan, title="示例限定事项", visibility="restricted")
    for actor, count in (
        (cast.office, 3),
        (cast.reporter, 3),
        (cast.supporter, 2),
        (cast.stranger_reporter, 0),
        (cast.leader, 0),
    ):
        book = download(actor, "instructions")
        context = browser(actor).get("/2022/matters/").context
        totals = totals_of(book)
        assert totals["交办事项合计"] == context["count"] == count, actor
        assert totals["逾期"] == context["overdue"]
        assert unequal(book) == []
    texts = [str(cell.value) for cell in values_of(download(cast.office, "instructions"))]
    assert "示例：清单已报。" in texts
    assert "没有交办事项。" in [
        str(c.value) for c in values_of(download(cast.leader, "instructions"))
    ]


def test_a_unit_chosen_narrows_the_ledger_of_instructions(plan: Plan, cast: Cast) -> None:
    make_item(plan, cast)
    make_instruction(cast, plan, now=at("2022-08-01"))
    for unit, count in ((cast.lead, 1), (cast.support, 1)):
        totals = totals_of(download(cast.office, "instructions", unit=unit.pk))
        assert totals["交办事项合计"] == count
