"""责任单位材料: co-leads' filings and supports' answers, quoted into the item's own report."""

from __future__ import annotations

import re
from typing import Any

import pytest

from progress.filing.drafts import fingerprint
from progress.lifecycle import by_unit
from progress.models import ProgressReport, SupportRequest
from tasks.models import Task
from tests.cast import Cast, accept_report, at, fill, make_responsibility, report_of
from tests.pages import browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

THEIRS = "示例：本单位完成两条背街小巷改造。"


@pytest.fixture
def report(cast: Cast, task: Task) -> ProgressReport:
    """July of 市住建局, with 市城管委 as co-lead."""
    accept_report(cast, report_of(task, cast.lead, "2022-06"), at("2022-07-04"), 150)
    make_responsibility(task, cast.co_lead, "lead")
    return report_of(task, cast.lead)


def file_as_co_lead(cast: Cast, task: Task) -> None:
    own = report_of(task, cast.co_lead)
    fill(own, cast.co_reporter, at("2022-08-01"), progress=THEIRS, light_reason="")
    by_unit.submit(report=own, actor=cast.co_reporter, now=at("2022-08-01"))
    by_unit.sign(report=own, actor=cast.co_signer, now=at("2022-08-01"))


def address(report: ProgressReport, name: str = "") -> str:
    return f"/2022/reports/{report.pk}/{name}"


def progress_of(report: ProgressReport) -> str:
    version = report.latest()
    return version.progress if version is not None else ""


def post_quote(cast: Cast, report: ProgressReport, source: str, **typed: Any) -> Any:
    fields = {"quote": source, **typed}
    return browser(cast.reporter).post(address(report, "quote/"), fields, follow=True)


def test_the_primary_reads_what_a_co_lead_sent_off_and_not_its_draft(
    cast: Cast, task: Task, report: ProgressReport
) -> None:
    client = browser(cast.reporter)
    own = report_of(task, cast.co_lead)
    fill(own, cast.co_reporter, at("2022-08-01"), progress=THEIRS, light_reason="")
    html = client.get(address(report, "parts/")).content.decode()
    assert "尚未报送" in html
    assert THEIRS not in html
    by_unit.submit(report=own, actor=cast.co_reporter, now=at("2022-08-01"))
    by_unit.sign(report=own, actor=cast.co_signer, now=at("2022-08-01"))
    assert THEIRS in client.get(address(report, "parts/")).content.decode()
    assert browser(cast.co_reporter).get(address(report, "parts/")).status_code == 404


def test_a_paragraph_is_quoted_behind_what_is_typed(
    cast: Cast, task: Task, report: ProgressReport
) -> None:
    file_as_co_lead(cast, task)
    typed = {"progress": "示例：市本级已完成招标。", "base": fingerprint(report.latest())}
    response = post_quote(cast, report, f"part:{cast.co_lead.pk}", **typed)
    assert "已引用到本期草稿" in response.content.decode()
    assert progress_of(report) == f"示例：市本级已完成招标。\n市城管委：{THEIRS}"


def test_last_figures_and_texts_are_quoted(cast: Cast, task: Task, report: ProgressReport) -> None:
    key = f"reading:{task.indicators.get().pk}::value"
    post_quote(cast, report, f"previous:{key}")
    post_quote(cast, report, "previous:progress")
    version = report.latest()
    assert version is not None
    assert version.readings.get().value == 150
    assert version.progress == "示例：招标结束，施工队伍进场，征地协议签订过半。"


@pytest.mark.parametrize("source", ["", "previous:", "previous:note", "part:x", "support:9", "x:y"])
def test_what_is_not_there_cannot_be_quoted(
    cast: Cast, report: ProgressReport, source: str
) -> None:
    assert "没有可以引用的内容" in post_quote(cast, report, source).content.decode()


def test_a_support_unit_is_asked_answers_and_is_quoted(cast: Cast, report: ProgressReport) -> None:
    client = browser(cast.reporter)
    fields = {"units": [cast.support.pk], "question": "示例：拨付数？", "due_on": "2022-08-04"}
    response = client.post(address(report, "ask/"), fields, follow=True)
    assert "已征询1家配合单位" in response.content.decode()
    asked = SupportRequest.objects.get()
    theirs = browser(cast.supporter)
    desk = theirs.get("/2022/desk/").content.decode()
    assert re.search(r'data-n="todo-support"[^>]*>1<', desk)
    assert "市住建局请配合单位答复：示例：拨付数？" in desk
    assert "示例：拨付数？" in theirs.get("/2022/supports/").content.decode()
    url = f"/2022/supports/{asked.pk}/answer/"
    assert theirs.post(url, {"answer": "长" * 501}).status_code == 409
    assert theirs.post(url, {"answer": "示例：已拨付300万元。"}).status_code == 302
    post_quote(cast, report, f"support:{asked.pk}")
    assert progress_of(report) == "市财政局：示例：已拨付300万元。"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"units": []}, "请选择要征询的配合单位"),
        ({"units": ["999999"]}, "只能征询本事项的配合单位"),
        ({"question": " "}, "请写明需要对方提供什么"),
        ({"due_on": "昨天"}, "格式填写日期"),
        ({"due_on": "2022-08-01"}, "不能早于今天"),
    ],
)
def test_a_question_that_cannot_be_asked_comes_back_as_typed(
    cast: Cast, report: ProgressReport, wrong: dict[str, Any], words: str
) -> None:
    fields = {"units": [cast.support.pk], "question": "示例：拨付数？", "due_on": "2022-08-04"}
    response = browser(cast.reporter).post(address(report, "ask/"), fields | wrong)
    html = response.content.decode()
    assert response.status_code == 409
    assert words in html
    assert "question" in wrong or "示例：拨付数？" in html
