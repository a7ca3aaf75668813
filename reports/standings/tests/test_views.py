"""单位推进情况 on pages and as Excel: who sees what, every number with its rows, bad input."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huangshi_tasks.lib import clock
from progress.periods.opening import open_due_periods
from reports.models import Standing, StandingState
from reports.standings.figures import counts_of
from reports.standings.points import DEFAULTS
from reports.standings.tests.standings import JUNE, approve, draft_of, finalize_until, group_units
from reports.standings.weights import weights_of
from reports.stats.facts import KINDS
from reports.tests.factories import freeze
from reports.tests.random_year import make_random_year
from reports.tests.reckoning import book_of, totals_of, unequal
from tasks.models import Plan, Task, Visibility
from tests.cast import Cast, make_item, make_responsibility, make_task
from tests.pages import browser
from units.actors import Actor
from units.models import Approval, LogEntry

pytestmark = pytest.mark.django_db
PAGE = "/2022/standings/"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99="
    b"\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)


def html_of(actor: Actor, url: str) -> str:
    response = browser(actor).get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response.content.decode()


@pytest.fixture
def year(plan: Plan, cast: Cast) -> Plan:
    make_random_year(plan, cast, 5)
    group_units()
    return plan


@pytest.fixture
def draft(year: Plan, cast: Cast) -> Standing:
    return draft_of(year, cast)


def posted(standing: Standing, **changed: Any) -> dict[str, Any]:
    """登记批准 as the page posts it."""
    said = {"decided_by": "市政府秘书长", "decided_on": "2022-08-03", "authority": "签批件（示例）"}
    return {**said, "shown": standing.made_at.isoformat(), **changed}


@pytest.mark.parametrize("who", ["office", "leader", "reporter"])
def test_a_year_without_any_says_so(plan: Plan, cast: Cast, who: str) -> None:
    page = html_of(getattr(cast, who), PAGE)
    assert "还没有" in page
    assert "未达序时进度和未启动" in page, "the weights are there for everybody"


def test_a_draft_is_the_offices_alone(draft: Standing, cast: Cast) -> None:
    url, book = draft.get_absolute_url(), "/2022/workbooks/standings.xlsx"
    assert "草稿，未经批准不对外" in html_of(cast.office, url)
    assert "草稿，未经批准不对外" in str(texts_of(browser(cast.office).get(book)))
    for actor in (cast.leader, cast.observer, cast.reporter, cast.stranger_reporter):
        assert browser(actor).get(url).status_code == 404
        assert browser(actor).get(f"{url}units/{cast.lead.pk}/").status_code == 404
        assert url not in html_of(actor, PAGE)
        assert "没有已批准的单位推进情况。" in texts_of(browser(actor).get(book))


def texts_of(response: Any) -> list[str]:
    pages = book_of(response.content).worksheets
    rows = [row for page in pages for row in page.iter_rows(values_only=True)]
    return [str(value) for row in rows for value in row if value is not None]


def test_from_draft_to_approval_by_the_pages(year: Plan, cast: Cast) -> None:
    finalize_until(year)
    office = browser(cast.office)
    page = office.post(f"{PAGE}draft/", {"day": "2022-06-30"}, follow=True)
    made = Standing.objects.get()
    assert page.redirect_chain == [(made.get_absolute_url(), 302)]
    scan = SimpleUploadedFile("批件.png", PNG, "image/png")
    done = office.post(f"{PAGE}{made.pk}/approve/", posted(made, scan=scan), follow=True)
    assert "已登记批准" in done.content.decode()
    made.refresh_from_db()
    assert made.state == StandingState.APPROVED
    for actor in (cast.leader, cast.observer, cast.reporter):
        assert "市政府秘书长2022年8月3日批准" in html_of(actor, made.get_absolute_url())
    assert office.get(f"{PAGE}{made.pk}/scan/").status_code == 200
    assert browser(cast.leader).get(f"{PAGE}{made.pk}/scan/").status_code == 403
    assert LogEntry.objects.filter(action="approval.download").count() == 1


def test_every_number_opens_as_many_rows_and_the_workbook_has_them(
    draft: Standing, cast: Cast
) -> None:
    approve(draft, cast)
    url = draft.get_absolute_url()
    table = browser(cast.leader).get(url).context
    rows = [row for group in table["groups"] for row in group.rows] + table["unranked"]
    assert len(rows) > 3
    for row in rows:
        page = browser(cast.leader).get(f"{url}units/{row.line['unit']}/").context
        assert [(each.kind, len(each.rows)) for each in page["facts"]] == row.counts
        assert len(page["items"]) == len(row.line["items"])
        assert str(sum(each.points for each in page["facts"])) == row.line["points"]
    book = book_of(browser(cast.leader).get("/2022/workbooks/standings.xlsx").content)
    totals = totals_of(book)
    assert unequal(book) == []
    assert totals["其中：参加排名"] == table["ranked_count"]
    for kind, word in KINDS.items():
        count = sum(dict(row.counts)[kind] for row in rows)
        assert (totals[word], totals[f"{word}（逐项）"]) == (count, count)
    ranks = [row[2] for row in book["单位推进情况"].iter_rows(min_row=4, values_only=True)]
    assert [rank for rank in ranks if isinstance(rank, int)] == [
        row.line["rank"] for row in rows if row.line["rank"]
    ]


def test_a_unit_reads_the_ranking_and_its_own_rows_only(draft: Standing, cast: Cast) -> None:
    approve(draft, cast)
    url = draft.get_absolute_url()
    page = html_of(cast.reporter, url)
    assert cast.co_lead.name in page
    assert f"{url}units/{cast.lead.pk}/#items" in page
    assert f"units/{cast.co_lead.pk}/" not in page
    assert browser(cast.reporter).get(f"{url}units/{cast.lead.pk}/").status_code == 200
    assert browser(cast.reporter).get(f"{url}units/{cast.co_lead.pk}/").status_code == 404
    book = book_of(browser(cast.reporter).get("/2022/workbooks/standings.xlsx").content)
    assert unequal(book) == []
    listed = {row[1] for row in book["逐项依据"].iter_rows(min_row=4, values_only=True) if row[6]}
    assert listed == {cast.lead.name}


def test_a_restricted_item_counts_without_its_name(plan: Plan, cast: Cast) -> None:
    task = make_item(plan, cast, short_title="示例限定事项")
    freeze(task, "late", percent=10, reason="示例限定原因。")
    Task.objects.filter(pk=task.pk).update(visibility=Visibility.RESTRICTED)
    approved = approve(draft_of(plan, cast), cast)
    url = f"{approved.get_absolute_url()}units/{cast.lead.pk}/"
    for actor, knows in ((cast.leader, False), (cast.reporter, True), (cast.office, True)):
        page = html_of(actor, url)
        assert ("示例限定事项" in page, "示例限定原因" in page) == (knows, knows)
        assert ("限定知悉事项" in page) != knows
        book = browser(actor).get("/2022/workbooks/standings.xlsx")
        assert ("示例限定事项" in "".join(texts_of(book))) == knows
        assert unequal(book_of(book.content)) == []


def test_why_a_report_was_sent_back_is_not_for_readers(draft: Standing, cast: Cast) -> None:
    line = next(each for each in draft.figures["units"] if each["unit"] == cast.lead.pk)
    returned = {**line["items"][0], "kind": "returned", "period": "6月", "points": "5"}
    line["facts"] = [{**returned, "note": "第1稿退回：示例退回原因。"}]
    draft.save()
    approve(draft, cast)
    url = f"{draft.get_absolute_url()}units/{cast.lead.pk}/"
    assert counts_of(line)["returned"] == 1
    assert "示例退回原因" in html_of(cast.reporter, url)
    assert "示例退回原因" not in html_of(cast.leader, url)
    assert "督查室退回" in html_of(cast.leader, url)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"decided_by": ""}, "请填写由谁批准"),
        ({"decided_on": "昨天"}, "请按“2022-08-05”的格式填写批准日期。"),
        ({"decided_on": "2022-08-04"}, "批准日期不能晚于今天。"),
        ({"decided_on": "2022-08-02"}, "批准日期早于本稿的拟定日期"),
        ({"authority": ""}, "请填写依据"),
        ({"authority": "长" * 201}, "不超过200字"),
        ({"post": "999999"}, "请从列出的职务中选择。"),
        ({"shown": "2022-08-01T00:00:00+00:00"}, "本稿重新计算过"),
        ({"scan": SimpleUploadedFile("批件.png", b"MZ\x90")}, "批件.png"),
    ],
)
def test_what_is_no_approval_comes_back_with_what_was_typed(
    draft: Standing, cast: Cast, changed: dict[str, Any], sentence: str
) -> None:
    said = posted(draft, **{"decided_by": "示例批准人", **changed})
    answer = browser(cast.office).post(f"{PAGE}{draft.pk}/approve/", said)
    page = answer.content.decode()
    assert (answer.status_code, sentence in page) == (409, True)
    assert "decided_by" in changed or "示例批准人" in page
    assert Standing.objects.get(pk=draft.pk).state == StandingState.DRAFT
    assert not Approval.objects.exists()


def test_the_scan_of_a_refused_approval_is_not_kept(
    draft: Standing, cast: Cast, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    scan = SimpleUploadedFile("批件.png", PNG, "image/png")
    said = posted(draft, decided_on="2022-08-02", scan=scan)
    assert browser(cast.office).post(f"{PAGE}{draft.pk}/approve/", said).status_code == 409
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("day", ["", "昨天", "2022-07-31", "2022-06-29"])
def test_a_day_that_is_not_finalized_is_refused(year: Plan, cast: Cast, day: str) -> None:
    finalize_until(year)
    page = browser(cast.office).post(f"{PAGE}draft/", {"day": day}, follow=True).content.decode()
    assert "请选择" in page
    assert not Standing.objects.exists()


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ("", "请填写扣分，不扣的填0。"),
        ("甲", "请填写数字"),
        ("-1", "负数"),
        ("101", "每项最多扣100分。"),
        ("1.25", "小数最多1位。"),
        ("1e9", "请填写数字"),
    ],
)
def test_weights_that_are_none_come_back(
    plan: Plan, cast: Cast, points: str, sentence: str
) -> None:
    said = dict.fromkeys(KINDS, "3") | {"late": points}
    answer = browser(cast.office).post(f"{PAGE}weights/", said)
    assert (answer.status_code, sentence in answer.content.decode()) == (409, True)
    assert f'value="{points}"' in answer.content.decode() or not points
    nothing = browser(cast.office).post(f"{PAGE}weights/", dict.fromkeys(KINDS, "0"))
    assert "至少有一类的扣分要大于0。" in nothing.content.decode()
    assert weights_of(plan, JUNE) == DEFAULTS


def test_weights_are_changed_and_shown(plan: Plan, cast: Cast) -> None:
    said = dict.fromkeys(KINDS, "３") | {"late": "7.5"}
    assert browser(cast.office).post(f"{PAGE}weights/", said).status_code == 302
    assert "7.5" in html_of(cast.reporter, PAGE)
    assert LogEntry.objects.filter(action="standing.weights").count() == 1


@pytest.mark.parametrize("who", ["office", "leader", "reporter"])
def test_no_page_costs_more_than_25_queries_however_many_items(
    plan: Plan, cast: Cast, who: str
) -> None:
    for number in range(1, 40):
        task = make_task(plan, number)
        make_responsibility(task, cast.lead, is_primary=True)
        freeze(task, "late", percent=10)
    group_units()
    open_due_periods(plan, clock.today())  # what the schedule does, before anybody looks
    url = approve(draft_of(plan, cast), cast).get_absolute_url()
    client = browser(getattr(cast, who))
    for page in (PAGE, url, f"{url}units/{cast.lead.pk}/", "/2022/workbooks/standings.xlsx"):
        client.get(page)  # whoever comes first after a change has the board written
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        assert len(queries) <= 25, page


def test_the_pages_that_lead_there(draft: Standing, cast: Cast) -> None:
    assert f'href="{PAGE}"' in html_of(cast.office, "/2022/workbooks/")
    assert f'href="{PAGE}"' in html_of(cast.leader, "/2022/overview/")
    assert f'href="{PAGE}"' in html_of(cast.reporter, f"/2022/units/{cast.lead.pk}/")
