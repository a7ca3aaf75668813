"""督查室 of today: what stands in the panels, where each row leads, and what happens when one part
cannot be read.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from progress.adjustments.acts import request_adjustment
from progress.matters.coordination import asked_for
from progress.models import Adjustment, Instruction, Urge
from progress.urging.unreported import unreported_list
from reports.frame.waiting import unsent
from reports.today import page as page_of_today
from reports.today.page import TodayPage
from tasks.models import Plan
from tests.cast import (
    Cast,
    at,
    file_report,
    make_item,
    make_milestone,
    report_of,
)
from tests.decisions import adjusted
from tests.matters import make_instruction, sent_order

pytestmark = pytest.mark.django_db
HOME = "/2022/office/"
TODAY = date(2022, 8, 3)


@pytest.fixture
def office(client: Client, cast: Cast) -> Client:
    client.force_login(cast.office.user)
    return client


@pytest.fixture
def busy(plan: Plan, cast: Cast) -> Plan:
    """Of each panel something: one report waits, two are not sent, a step and matters are late."""
    waits, late, asks = (make_item(plan, cast, number) for number in (1, 2, 3))
    file_report(cast, report_of(waits, cast.lead), at("2022-07-27"), 60)
    make_milestone(late, late.responsibilities.get(is_primary=True), TODAY - timedelta(days=9))
    make_instruction(cast, plan, due_on=TODAY)
    sent_order(cast, late)
    request_adjustment(
        task=asks,
        kind="extension",
        reason="示例：等待上级规划。",
        starts_on=TODAY,
        detail={"due_on": "2023-03-31"},
        actor=cast.reporter,
        now=at("2022-08-02"),
    )
    return plan


def shown(client: Client, query: str = "") -> TodayPage:
    page: TodayPage = client.get(f"{HOME}{query}").context["page"]
    return page


def test_each_panel_has_what_must_be_done(office: Client, busy: Plan) -> None:
    page = shown(office)
    assert page.absent_count == unreported_list([busy], TODAY).count > 2
    assert [row.number for row in page.review.rows] == [1]
    assert [(row.word, row.when) for row in page.due.rows][:2] == [
        ("节点", "逾期9天"),
        ("批示", "今天到期"),
    ]
    assert [(row.word, row.about) for row in page.asked.rows] == [("延期", "延至2023年3月31日")]


def test_every_row_leads_to_its_page(office: Client, busy: Plan) -> None:
    page = shown(office)
    rows = [*page.review.rows, *page.due.rows, *page.asked.rows]
    assert len(rows) >= 4
    for row in rows:
        assert office.get(row.url).status_code == 200, row


def test_a_matter_that_nobody_received_is_told_after_two_days(
    office: Client, plan: Plan, cast: Cast
) -> None:
    later = TODAY + timedelta(days=30)
    make_instruction(cast, plan, at("2022-08-02"), due_on=later)
    assert not shown(office).due.rows
    make_instruction(cast, plan, at("2022-08-01"), due_on=later)
    assert [row.when for row in shown(office).due.rows] == ["未签收2天"]


def test_what_is_relieved_is_neither_counted_nor_due(
    office: Client, busy: Plan, cast: Cast
) -> None:
    late = busy.tasks.get(number=2)
    adjusted(cast, late, "suspension", date(2022, 7, 1))
    page = shown(office)
    assert "节点" not in {row.word for row in page.due.rows}
    assert unsent(busy, TODAY).count() == unreported_list([busy], TODAY).count
    assert page.absent_count == unreported_list([busy], TODAY).count


def test_the_bar_counts_what_its_lists_show(office: Client, busy: Plan) -> None:
    html = office.get(HOME).content.decode()
    bar = html.partition('class="sub"')[2].partition("</nav>")[0]
    seen = re.sub(r"<span class=.visually-hidden.>.*?</span>", "", bar)
    found = dict(re.findall(r">([一-鿿]+)<b class=\"cnt[^>]*>(\d+)", seen))
    open_matters = Instruction.objects.with_unit().count() + 1 + asked_for(busy).count()
    assert found == {
        "报送": str(unreported_list([busy], TODAY).count),
        "交办督办": str(open_matters),
        "调整办结": str(Adjustment.objects.filter(state="requested").count()),
        "责任": found["责任"],
    }
    assert '报送<b class="cnt hot"' in seen  # the periods before July are over
    assert '调整办结<b class="cnt"' in seen


def test_one_panel_that_fails_leaves_the_others(
    office: Client, busy: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        raise ValueError("示例")

    with monkeypatch.context() as patch:
        patch.setattr(page_of_today, "asked_rows", broken)
        response = office.get(HOME)
        assert response.status_code == 200
        html = response.content.decode()
        assert html.count("这一栏没有读出，请刷新重试。") == 1
        assert "未报单位" in html
        assert "待审核" in html
    assert "没有读出" not in office.get(HOME).content.decode()  # and it is not kept


def test_a_quiet_day_says_so(office: Client, plan: Plan) -> None:
    html = office.get(HOME).content.decode()
    assert "今天没有等待办理的事项" in html
    assert "未报单位" not in html


def test_a_call_is_registered_in_the_row_and_leads_back(
    office: Client, busy: Plan, cast: Cast
) -> None:
    unit = shown(office).absent.rows[0].filings
    response = office.post(
        "/2022/urges/note/",
        {
            "unit": unit.unit.pk,
            "report": [report.pk for report, _ in unit.filings],
            "channel": "telephone",
            "reached": "联络员",
            "answer": "明天上午报",
            "back": "office",
        },
    )
    assert response["Location"] == HOME
    assert Urge.objects.get().answer == "明天上午报"
    last = shown(office).absent.rows[0].last
    assert last is not None
    assert last.reached == "联络员"


def test_the_whole_of_a_panel_has_an_address(office: Client, busy: Plan) -> None:
    html = office.get(f"{HOME}?all=due").content.decode()
    assert html.count("<li><span") == len(shown(office).due.rows)


def test_the_address_of_the_heat_map_leads_to_it(office: Client, plan: Plan) -> None:
    assert office.get(f"{HOME}?heat=all")["Location"] == "/2022/office/figures/"


@pytest.mark.parametrize("word", ["filing", "matters", "decisions", "duties", "settings"])
def test_every_function_behind_a_word_opens_and_says_where_it_stands(
    office: Client, busy: Plan, word: str
) -> None:
    response = office.get(f"{HOME}{word}/")
    rows = response.context["rows"]
    assert len(rows) >= 3
    label = response.context["word"].label
    for row in rows:
        html = office.get(row.url).content.decode()
        sub = html.partition('class="sub"')[2].partition("</nav>")[0]
        assert re.search(rf'class="on"[^>]*>{label}', sub), row
        crumb = html.partition('class="crumb"')[2].partition("</nav>")[0]
        assert label in crumb, row


def test_no_word_but_the_five(office: Client, plan: Plan) -> None:
    assert office.get(f"{HOME}nothing/").status_code == 404


def test_the_home_asks_no_more_the_more_there_is(office: Client, busy: Plan, cast: Cast) -> None:
    def queries() -> int:
        office.get("/2022/tasks/")
        with CaptureQueriesContext(connection) as asked:
            assert office.get(HOME).status_code == 200
        return len(asked)

    queries()
    few = queries()
    for number in range(10, 30):
        late = make_item(busy, cast, number)
        make_milestone(late, late.responsibilities.get(is_primary=True), TODAY)
    assert queries() == few
