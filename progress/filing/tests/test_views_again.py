"""The form shown again: problems at their fields, and nobody's words written over."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from huangshi_tasks.lib import clock
from progress.filing import drafts
from progress.models import ProgressReport, ReportState
from tasks.models import Task
from tests.cast import Cast, accept_report, at, report_of, said_of_last
from tests.pages import WORDS, base_of, browser, draft, km_key, latest, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]


def test_what_is_wrong_with_a_number_stands_at_the_number_and_is_linked_from_the_top(
    cast: Cast, task: Task
) -> None:
    accept_report(cast, report_of(task, cast.lead, "2022-06"), at("2022-07-04"), 150)
    report = report_of(task, cast.lead)
    client = browser(cast.reporter)
    page = draft(client, report) and draft(client, report, **{km_key(report): "140"})
    anchor = f"f-{km_key(report).removesuffix('value')}"
    assert f'href="#{anchor}"' in page
    assert f'id="{anchor}"' in page
    at_the_row = page[page.index(f'id="{anchor}"') :]
    assert "累计数140公里小于上期150公里" in at_the_row


def test_a_warning_on_a_number_is_answered_at_the_number_and_then_it_leaves(
    cast: Cast, task: Task
) -> None:
    accept_report(cast, report_of(task, cast.lead, "2022-06"), at("2022-07-04"), 150)
    report = report_of(task, cast.lead)
    client = browser(cast.reporter)
    draft(client, report, problems="无", next_steps="示例：八月完成招标。", **said_of_last(report))
    base = drafts.fingerprint(latest(report))
    blank = {"base": base, "progress": WORDS, km_key(report): ""}
    page = client.post(url(report, "submit"), blank).content.decode()
    question = f"explanation:no_number:{km_key(report)}"
    assert f'name="{question}"' in page
    answered = blank | {"base": base_of(page), question: "示例：统计月报未出。"}
    client.post(url(report, "submit"), answered | {"light_reason": "示例：征地滞后。"})
    report.refresh_from_db()
    assert report.state == ReportState.SIGNING
    assert latest(report).explanations[question.removeprefix("explanation:")]


def test_settling_one_conflict_does_not_write_over_what_another_saved_elsewhere(
    cast: Cast, report: ProgressReport
) -> None:
    first, second = browser(cast.reporter), browser(cast.reporter)
    draft(first, report, problems="示例：原来的问题。", next_steps="示例：原来的安排。")
    shown = {
        "base": drafts.fingerprint(latest(report)),
        "progress": WORDS,
        "problems": "示例：原来的问题。",
        "next_steps": "示例：原来的安排。",
    }
    first.post(url(report), shown | {"problems": "示例：甲改。", "next_steps": "示例：甲改安排。"})
    page = second.post(url(report), shown | {"problems": "示例：乙改。"}).content.decode()
    assert "示例：甲改安排。" in page
    assert "示例：原来的安排。" not in page
    again = {"base": base_of(page), "problems": "示例：合并。", "next_steps": "示例：甲改安排。"}
    second.post(url(report), again)
    assert latest(report).problems == "示例：合并。"
    assert latest(report).next_steps == "示例：甲改安排。"


def test_a_field_that_could_not_be_read_is_still_compared_when_it_is_mended(
    cast: Cast, report: ProgressReport
) -> None:
    first, second = browser(cast.reporter), browser(cast.reporter)
    draft(first, report)
    base = drafts.fingerprint(latest(report))
    first.post(url(report), {"base": base, km_key(report): "190"})
    page = second.post(url(report), {"base": base, km_key(report): "约200"}).content.decode()
    assert 'value="约200"' in page
    response = second.post(url(report), {"base": base_of(page), km_key(report): "200"})
    assert response.status_code == 409
    assert "190" in response.content.decode()
    assert latest(report).readings.get().value == Decimal(190)


def test_what_could_not_be_saved_is_compared_with_what_was_shown_when_it_is_sent_again(
    cast: Cast, report: ProgressReport
) -> None:
    client = browser(cast.reporter)
    draft(client, report)
    base = drafts.fingerprint(latest(report))
    clock.configure(date(2022, 8, 15))
    page = client.post(url(report), {"base": base, "problems": "示例：未存。"}).content.decode()
    assert "示例：未存。" in page
    assert base_of(page) == base


def test_a_first_save_keeps_the_date_of_the_data(cast: Cast, report: ProgressReport) -> None:
    client = browser(cast.reporter)
    page = client.get(url(report)).content.decode()
    assert 'name="data_as_of" value="2022-07-31"' in page
    draft(client, report, data_as_of="2022-07-31")
    assert latest(report).data_as_of == date(2022, 7, 31)


def test_the_browser_cuts_nothing_that_is_pasted(cast: Cast, report: ProgressReport) -> None:
    page = text_of(browser(cast.reporter).get(url(report)))
    texts = re.findall(r"<textarea[^>]*>|<input type=\"text\"[^>]*>", page)
    assert len(texts) > 5
    assert not [each for each in texts if "maxlength" in each and "decimal" not in each]


def test_sending_an_empty_form_says_what_is_missing_and_where(
    cast: Cast, report: ProgressReport
) -> None:
    page = browser(cast.reporter).post(url(report, "submit"), {"base": ""}).content.decode()
    assert 'href="#f-progress"' in page
    assert f'href="#f-{km_key(report).removesuffix("value")}"' in page


def test_what_could_not_be_read_is_listed_at_the_top_with_links(
    cast: Cast, report: ProgressReport
) -> None:
    page = browser(cast.reporter).post(
        url(report), {"base": "", "problems": "长" * 501, "coordination_by": "明天"}
    )
    text = page.content.decode()
    assert 'href="#f-problems"' in text
    assert 'href="#f-coordination_by"' in text
    at_the_field = text[text.index('id="f-coordination_by"') :]
    assert "请按“2022-08-05”的格式填写日期" in at_the_field
    assert re.search(r"<details[^>]* open[^>]*>\s*<summary>需市政府协调", text)
