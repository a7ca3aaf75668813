"""报送单, 领导一页, 督办单, 公示稿: who gets them, and that they say what the screen says."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import docx
import pytest
from django.test import Client
from django.urls import reverse

from progress.lifecycle import by_office
from progress.meetings.acts import decide, open_meeting, send
from reports.bulletins.paper.document import paper_of
from reports.bulletins.paper.publication import REVIEW_SHEET, plain_text
from reports.bulletins.tests.papers import NOW, draft_of, finalize
from reports.ledger.rows import load_rows
from reports.models import BulletinKind
from reports.stats import lights, severity
from reports.tests.factories import freeze, make_post
from reports.tests.random_year import designate, make_random_year
from tasks.models import Plan
from tests.cast import (
    Cast,
    at,
    file_report,
    make_indicator,
    make_item,
    make_responsibility,
    make_task,
    period_of,
    report_of,
)
from tests.matters import sent_order
from units.actors import Actor
from units.models import LogEntry

pytestmark = pytest.mark.django_db


def document_at(actor: Actor, name: str, *args: Any) -> Any:
    client = Client()
    client.force_login(actor.user)
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return docx.Document(BytesIO(response.content))


def text_of(document: Any) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_sheet_has_the_head_the_figures_and_the_texts(plan: Plan, cast: Cast) -> None:
    report = report_of(make_item(plan, cast), cast.lead)
    report = file_report(cast, report, at("2022-08-02"), 180, problems="示例问题。")
    document = document_at(cast.reporter, "reports:report_sheet_word", plan.slug, report.pk)
    head = document.tables[0]
    titles, values = ([cell.text for cell in row.cells] for row in head.rows)
    assert titles == ["填报单位（盖章）", "审签人", "填报人", "联系电话", "填报日期"]
    assert values[0] == "市住建局"
    assert values[4] == "2022年8月2日"
    text = text_of(document)
    for words in ("重点工作第1项", "180", "60%", "示例问题。", "单位负责人\n审签意见"):
        assert words in text
    assert LogEntry.objects.filter(action="export", summary__contains="报送单").exists()


@pytest.mark.parametrize("wanted", [True, False])
def test_a_paper_carries_who_took_it_and_when_where_the_plan_says_so(
    wanted: bool, plan: Plan, cast: Cast
) -> None:
    report = report_of(make_item(plan, cast), cast.lead)
    file_report(cast, report, at("2022-08-02"), 180)
    Plan.objects.update(has_watermark=wanted)
    section = document_at(
        cast.reporter, "reports:report_sheet_word", plan.slug, report.pk
    ).sections[-1]
    for header in (section.header, section.even_page_header):
        assert (cast.reporter.name in header.paragraphs[0].text) is wanted


def test_a_report_not_begun_gives_a_sheet_to_fill_in_by_hand(plan: Plan, cast: Cast) -> None:
    report = report_of(make_item(plan, cast), cast.lead)
    text = text_of(document_at(cast.signer, "reports:report_sheet_word", plan.slug, report.pk))
    assert "300公里" in text
    assert "进展情况" in text


@pytest.mark.parametrize("seed", range(2))
def test_the_leaders_page_counts_what_the_overview_counts(
    seed: int, plan: Plan, cast: Cast
) -> None:
    make_random_year(plan, cast, seed)
    rows = load_rows(plan, cast.leader, NOW.date(), with_filings=False)
    tally, behind = lights.tally(rows), severity.behind(rows, everything=True)
    text = text_of(document_at(cast.leader, "reports:leader_page_word", plan.slug))
    counts = next(line for line in text.splitlines() if "项：" in line).partition("与上期比")[0]
    found = [int(each) for each in re.findall(r"(\d+)项", counts)]
    assert found == [tally.total, *(part.count for part in tally.sentence)]
    assert f"一、未达序时进度和未启动的{behind.total}项" in text


def test_the_leaders_page_says_what_each_row_is_and_what_follows(plan: Plan, cast: Cast) -> None:
    both = make_item(plan, cast, 1, short_title="两家牵头")
    make_responsibility(both, cast.co_lead)
    designate(both, cast.lead, "lead", 1)
    designate(both, cast.co_lead, "lead", 2)
    freeze(both, "late", percent=20, unit_reason="示例原因", next_digest="7月31日前补齐")
    words = make_task(plan, 2, tracking="qualitative", short_title="文字事项")
    make_responsibility(words, cast.lead, is_primary=True)
    freeze(words, "late")
    for number in range(3, 40):
        freeze(make_item(plan, cast, number), "slow", percent=40)
    post = make_post("分管城建副市长（示例）", cast.lead)
    client = Client()
    client.force_login(cast.leader.user)
    url = reverse("reports:leader_page_word", args=[plan.slug])
    response = client.get(url, {"leader": post.pk})
    name = unquote(response["Content-Disposition"])
    assert "分管城建副市长_2022年6月_领导一页.docx" in name
    document = docx.Document(BytesIO(response.content))
    head, *rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert head[:7] == ["编号", "事项", "牵头单位", "状态", "计划", "实际", "差（点）"]
    assert rows[0][0] == "重点1"
    assert rows[0][2:4] == ["市住建局、市城管委", "◆滞后"]
    assert rows[0][5:] == ["20%", "−30.0", "示例原因。", "7月31日前补齐。"]
    heading = next(p.text for p in document.paragraphs if p.text.startswith("一、"))
    rest = 39 - len(rows)
    assert heading == (
        f"一、未达序时进度和未启动的39项（列滞后2项、进度偏慢{len(rows) - 2}项；"
        f"其余{rest}项为进度偏慢）"
    )
    assert rest > 0
    in_words = next((row for row in rows if row[0] == "重点2"), None)
    assert in_words is not None
    assert in_words[4:7] == ["定性", "文字评定", "—"]


def test_an_order_is_one_sheet_of_the_same_words(plan: Plan, cast: Cast) -> None:
    order = sent_order(cast, make_item(plan, cast))
    text = text_of(document_at(cast.reporter, "reports:order_word", plan.slug, order.pk))
    for words in (order.code, order.title, order.text, order.requirement, "市住建局"):
        assert words in text


def test_the_minutes_say_what_became_of_the_last_list(plan: Plan, cast: Cast) -> None:
    task, meetings = make_item(plan, cast), []
    for day in ("2022-08-01", "2022-08-02"):
        held = open_meeting(
            plan=plan,
            title="示例调度会",
            held_on=date.fromisoformat(day),
            post=None,
            area=None,
            actor=cast.office,
            now=at(day),
        )
        decide(
            meeting=held,
            task=task,
            text=f"示例：{day}议定。",
            unit=cast.lead,
            due_on=date(2022, 8, 31),
            actor=cast.office,
            now=at(day),
        )
        meetings.append(held)
    [made] = send(
        meeting=meetings[0],
        basis="record",
        authority="示例记录3号",
        scan=None,
        actor=cast.office,
        now=at("2022-08-01"),
    )
    document = document_at(cast.office, "reports:meeting_word", plan.slug, meetings[1].pk)
    text = text_of(document)
    for words in ("示例调度会纪要（草稿", "示例：2022-08-01议定。", f"待签收（{made.code}）"):
        assert words in text
    for words in ("二、本次议定事项（1件）", "示例：2022-08-02议定。", "2022年8月31日"):
        assert words in text
    first = text_of(document_at(cast.office, "reports:meeting_word", plan.slug, meetings[0].pk))
    assert "依据：会议记录，示例记录3号。" in first
    assert "草稿" not in first


def test_the_publication_speaks_the_citys_grammar_for_each_part(plan: Plan, cast: Cast) -> None:
    task = make_task(plan, 3, kind="practical_project", text="改造老旧小区131个。")
    first = make_responsibility(task, cast.lead, "responsible", is_primary=True)
    make_indicator(task, first, 131, name="改造老旧小区", unit_of_measure="个", tracks_start=True)
    report = report_of(task, cast.lead, "2022-06")
    sent = file_report(cast, report, at("2022-07-04"), 62)
    by_office.accept(report=sent, actor=cast.office, now=at("2022-07-05"), digest="示例采用稿。")
    freeze(task, "on_pace", percent=47, digest="示例采用稿。", next_digest="示例安排。")
    paper = paper_of(
        draft_of(finalize(period_of(plan, "2022-06")), cast, BulletinKind.PUBLICATION), []
    )
    text = plain_text(paper)
    assert "131个老旧小区已完成62个、完成率47.3%" in text
    assert "1—6月份进展：" in text
    assert "7月份计划：示例安排。" in text
    assert REVIEW_SHEET not in text  # the sheet is for the file, not for the web page
    assert any(getattr(block, "text", "") == REVIEW_SHEET for block in paper.blocks)
