"""任务台账, page and workbook, as the cast sees them."""

from __future__ import annotations

import json
import re
from io import BytesIO
from random import Random
from typing import Any
from urllib.parse import unquote, urlencode

import pytest
from django.test import Client
from openpyxl import load_workbook

from progress.finalizing.finalize import finalize
from reports.ledger import views as ledger_view
from reports.tests.factories import freeze, make_area
from reports.tests.random_year import designate, make_random_year
from tasks.models import Plan
from tests.cast import (
    Cast,
    at,
    file_report,
    make_item,
    make_responsibility,
    make_task,
    period_of,
    report_of,
)
from tests.pages import browser, text_of
from units.actors import Actor
from units.models import LogEntry

pytestmark = pytest.mark.django_db
LEDGER, EXCEL = "/2022/tasks/", "/2022/tasks.xlsx"


def html_of(actor: Actor, query: str = "") -> str:
    response = browser(actor).get(f"{LEDGER}?{query}")
    assert response.status_code == 200
    return text_of(response)


def codes_on(html: str) -> list[str]:
    return re.findall(r'title="((?:重点工作|十件实事)第\d+[项件])"', html)


def workbook_rows(client: Client, query: str = "") -> list[list[Any]]:
    """The rows of items, without title, head and group rows."""
    response = client.get(f"{EXCEL}?{query}")
    assert response.status_code == 200
    sheet = load_workbook(BytesIO(response.content))["任务台账"]
    rows = [list(row) for row in sheet.iter_rows(min_row=4, values_only=True)]
    return [row for row in rows if isinstance(row[0], int)]


@pytest.mark.parametrize("who", ["office", "reporter", "supporter", "county_signer", "leader"])
def test_page_and_workbook_have_the_same_rows_under_any_filter(
    plan: Plan, cast: Cast, who: str
) -> None:
    make_random_year(plan, cast, seed=3)
    actor, rng = getattr(cast, who), Random(who)
    client = browser(actor)
    for _ in range(6):
        facets = client.get(LEDGER).context["facets"]
        chosen = {
            name: rng.choice(facet.shown).value
            for name, facet in facets.items()
            if facet.shown and rng.random() < 0.3
        }
        page = client.get(LEDGER, chosen)
        on_page = [row.task.number for row in page.context["page"]]
        assert on_page == [row[0] for row in workbook_rows(client, urlencode(chosen))]
        assert len(codes_on(page.content.decode())) == len(on_page)
        lights = [row[11] for row in workbook_rows(client, urlencode(chosen))]
        shown = page.context["groups"]
        assert len(lights) == sum(count for group in shown for _, count in group.lights)


@pytest.mark.parametrize("who", ["office", "reporter", "leader"])
@pytest.mark.parametrize("address", [LEDGER, EXCEL])
def test_queries_do_not_grow_with_the_items(
    plan: Plan, cast: Cast, who: str, address: str, django_assert_max_num_queries: Any
) -> None:
    make_random_year(plan, cast, seed=4)
    client = browser(getattr(cast, who))
    client.get(address)
    query = {"kind": "key_task", "role": "lead", "light": "reached", "q": "道路"}
    if who != "leader":
        query["filing"] = "none"
    with django_assert_max_num_queries(25):
        assert client.get(address, query).status_code == 200


def test_a_unit_sees_its_items_and_its_own_filing_only(plan: Plan, cast: Cast) -> None:
    mine = make_item(plan, cast, 1)
    other = make_task(plan, 2)
    make_responsibility(other, cast.co_lead, is_primary=True)
    file_report(cast, report_of(mine, cast.lead), at("2022-08-02"), 100)
    assert codes_on(html_of(cast.reporter)) == ["重点工作第1项"]
    assert "待审核" in html_of(cast.reporter)
    supporter = html_of(cast.supporter)
    assert codes_on(supporter) == ["重点工作第1项"]
    assert "待审核" not in supporter


@pytest.mark.parametrize("who", ["leader", "observer"])
def test_readers_see_what_is_frozen_and_no_filing(plan: Plan, cast: Cast, who: str) -> None:
    mine = make_item(plan, cast)
    freeze(mine, "slow", percent=40)
    file_report(cast, report_of(mine, cast.lead), at("2022-08-02"), 290)
    html = html_of(getattr(cast, who))
    assert "进度偏慢" in html
    assert "7月报送" not in html
    assert "待审核" not in html


def test_restricted_items_are_for_their_leads_the_office_and_named_leaders(
    plan: Plan, cast: Cast
) -> None:
    task = make_item(plan, cast, visibility="restricted")
    for actor, sees in (
        (cast.office, 1),
        (cast.reporter, 1),
        (cast.supporter, 0),
        (cast.leader, 0),
    ):
        assert len(codes_on(html_of(actor))) == sees
        assert len(workbook_rows(browser(actor))) == sees
    task.named_readers.add(cast.leader.user)
    assert len(codes_on(html_of(cast.leader))) == 1
    assert not codes_on(html_of(cast.observer))


@pytest.mark.parametrize("who", ["admin", "auditor"])
@pytest.mark.parametrize("address", [LEDGER, EXCEL])
def test_admin_and_auditor_have_no_business_data(
    plan: Plan, cast: Cast, who: str, address: str
) -> None:
    assert browser(getattr(cast, who)).get(address).status_code == 404


def test_the_newest_date_is_printed_once_and_an_older_one_beside_its_item(
    plan: Plan, cast: Cast
) -> None:
    freeze(make_task(plan, 1), code="2022-06")
    freeze(make_task(plan, 2), code="2022-05")
    html = html_of(cast.leader)
    assert html.count("截至5月31日") == 1
    assert "数据截至6月30日（6月定稿）" in html
    assert "截至6月30日</div>" not in html


def test_the_latest_frozen_period_is_shown(plan: Plan, cast: Cast) -> None:
    task = make_task(plan)
    freeze(task, "late", "2022-05", percent=10)
    freeze(task, "ahead", "2022-06", percent=70)
    html = html_of(cast.leader, "light=ahead")
    assert codes_on(html) == ["重点工作第1项"]
    assert not codes_on(html_of(cast.leader, "light=late"))


def test_a_plan_by_time_and_marks_are_said_beside_the_item(plan: Plan, cast: Cast) -> None:
    freeze(make_task(plan), percent=40, expected_basis="按时间折算", is_missing=True)
    html = html_of(cast.office)
    assert "按时间折算" in html
    assert "未报送</div>" in html


def test_groups_carry_their_counts(plan: Plan, cast: Cast) -> None:
    area = make_area(plan, 4)
    for number in (1, 2):
        freeze(make_task(plan, number, area=area, theme=area.themes.get()))
    html = html_of(cast.office)
    assert html.count("四、示例方面四</span>") == 1
    assert "2项<span" in html


def test_an_empty_result_says_so_and_offers_to_clear(plan: Plan, cast: Cast) -> None:
    make_item(plan, cast)
    html = html_of(cast.office, "q=不存在的词")
    assert "没有符合条件的事项" in html
    assert f'href="{LEDGER}">清除筛选</a>' in html


def test_a_filter_that_is_not_offered_is_named(plan: Plan, cast: Cast) -> None:
    make_item(plan, cast)
    assert "筛选条件无效：单位、状态。" in html_of(cast.office, "unit=999&light=red")


def test_the_address_keeps_every_choice(plan: Plan, cast: Cast) -> None:
    make_item(plan, cast)
    html = html_of(cast.office, f"unit={cast.lead.pk}&light=no_data&q=道路")
    assert re.search(rf'<option value="{cast.lead.pk}" selected>', html)
    assert re.search(r'value="no_data" checked', html)
    assert 'value="道路"' in html
    assert "按当前筛选导出（1项）" in html


def test_the_address_drops_what_is_not_chosen(plan: Plan, cast: Cast) -> None:
    make_item(plan, cast)
    query = {"q": "", "kind": "key_task", "unit": "", "light": ""}
    htmx = browser(cast.office).get(LEDGER, query, headers={"HX-Request": "true"})
    assert htmx["HX-Push-Url"] == f"{LEDGER}?kind=key_task"
    nothing = browser(cast.office).get(LEDGER, {"q": ""}, headers={"HX-Request": "true"})
    assert nothing["HX-Push-Url"] == LEDGER


def test_typed_text_is_escaped(plan: Plan, cast: Cast) -> None:
    assert "<script>alert" not in html_of(cast.office, urlencode({"q": '"><script>alert(1)'}))


def test_more_rows_than_a_page_holds_are_paged(
    plan: Plan, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_view, "ROWS_PER_PAGE", 2)
    for number in (1, 2, 3):
        make_item(plan, cast, number)
    assert codes_on(html_of(cast.office, "page=2&kind=key_task")) == ["重点工作第3项"]
    assert "kind=key_task" in html_of(cast.office, "kind=key_task&page=1")
    assert len(workbook_rows(browser(cast.office))) == 3


def test_the_workbook_is_named_for_every_browser_and_the_export_is_logged(
    plan: Plan, cast: Cast
) -> None:
    make_item(plan, cast)
    response = browser(cast.reporter).get(EXCEL, {"role": "lead"})
    disposition = response["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''")
    assert unquote(disposition).endswith("台账_2022年_牵头_20220803.xlsx")
    entry = LogEntry.objects.get(action="export")
    assert entry.user == cast.reporter.user
    changes = json.loads(entry.payload)["changes"]
    assert changes["filters"] == {"role": "lead"}
    assert changes["rows"] == 1


def test_the_workbook_of_a_unit_holds_no_other_unit_s_items(plan: Plan, cast: Cast) -> None:
    task = make_task(plan, 1)
    designate(task, cast.co_lead, "lead")
    make_responsibility(task, cast.co_lead, is_primary=True)
    make_item(plan, cast, 2)
    assert [row[0] for row in workbook_rows(browser(cast.reporter))] == [2]
    assert workbook_rows(browser(cast.reporter), f"unit={cast.co_lead.pk}") == []


def test_once_the_open_period_is_finalized_nothing_is_said_of_filings(
    plan: Plan, cast: Cast
) -> None:
    make_item(plan, cast)
    assert "7月报送" in html_of(cast.office)
    for code in ("02", "03", "04", "05", "06", "07"):
        period = period_of(plan, f"2022-{code}")
        finalize(period=period, actor=cast.office_head, now=at("2022-08-15"))
    assert "7月报送" not in html_of(cast.office)
