"""审签: the queue of a unit's head, and one report as it would leave the unit."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from progress.lifecycle import by_unit
from progress.models import ProgressReport, ReportState
from tasks.models import Plan, Task
from tests.cast import Cast, accept_report, at, fill, make_item, report_of
from tests.pages import browser, latest, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

NOW = at("2022-08-03")
LIST = "/2022/signing/"


def sent(cast: Cast, task: Task, clock: str = "10:00:00", **values: Any) -> ProgressReport:
    report = report_of(task, cast.lead)
    now = at("2022-08-02", clock)
    fill(report, cast.reporter, now, 180, **values)
    return by_unit.submit(report=report, actor=cast.reporter, now=now)


def test_without_anything_waiting_the_page_says_so(cast: Cast, task: Task) -> None:
    assert "没有待审签的进展" in text_of(browser(cast.signer).get(LIST))


def test_the_one_that_came_first_opens_and_the_others_stand_beside_it(
    cast: Cast, plan: Plan, task: Task
) -> None:
    second = sent(cast, make_item(plan, cast, number=2), "11:00:00")
    first = sent(cast, task, "09:00:00")
    page = browser(cast.signer).get(LIST, follow=True)
    assert page.redirect_chain == [(url(first, "signing_report"), 302)]
    assert url(second, "signing_report") in text_of(page)
    assert "8月2日09:00送审" in text_of(page)


def test_what_is_signed_is_on_the_page_with_last_period_and_the_answers(
    cast: Cast, task: Task
) -> None:
    accept_report(cast, report_of(task, cast.lead, "2022-06"), at("2022-07-04"), 170)
    key = f"reading:{task.indicators.get().pk}::value"
    report = sent(cast, task, progress="示例：七月完成第三批。")
    page = text_of(browser(cast.signer).get(url(report, "signing_report")))
    assert "180" in page
    assert "<del>招标结束" in page
    assert "<ins>" in page
    by_unit.return_to_liaison(report=report, actor=cast.signer, now=NOW, reason="示例：请核对。")
    said = {f"explanation:no_number:{key}": "示例：统计月报未出。"}
    fill(report, cast.reporter, NOW, **{key: None}, **said)
    by_unit.submit(report=report, actor=cast.reporter, now=NOW)
    page = text_of(browser(cast.signer).get(url(report, "signing_report")))
    assert "示例：统计月报未出。" in page
    assert "说明1处" in page
    assert "示例：请核对。" in page


def test_signing_opens_the_next_one(cast: Cast, plan: Plan, task: Task) -> None:
    first, second = sent(cast, task), sent(cast, make_item(plan, cast, number=2), "11:00:00")
    seen = {"seen": latest(first).stamp}
    page = browser(cast.signer).post(url(first, "sign"), seen, follow=True)
    assert page.redirect_chain[-1][0] == url(second, "signing_report")
    first.refresh_from_db()
    assert first.state == ReportState.REVIEWING


def test_what_changed_since_it_was_opened_is_not_signed_unseen(cast: Cast, task: Task) -> None:
    report = sent(cast, task)
    seen = {"seen": latest(report).stamp}
    by_unit.withdraw(report=report, actor=cast.reporter, now=NOW)
    fill(report, cast.reporter, NOW, 250)
    by_unit.submit(report=report, actor=cast.reporter, now=NOW)
    page = browser(cast.signer).post(url(report, "sign"), seen, follow=True)
    assert "在您打开后有改动" in text_of(page)
    report.refresh_from_db()
    assert report.state == ReportState.SIGNING


def test_a_return_needs_a_reason_and_reaches_the_liaison(cast: Cast, task: Task) -> None:
    report = sent(cast, task)
    client = browser(cast.signer)
    refused = client.post(url(report, "return_to_liaison"), {"reason": " "})
    assert refused.status_code == 409
    assert "请填写原因" in text_of(refused)
    client.post(url(report, "return_to_liaison"), {"reason": "示例：请核对里程。"})
    assert "示例：请核对里程。" in text_of(browser(cast.reporter).get(url(report)))


def test_only_the_head_of_the_unit_has_a_list(cast: Cast, task: Task) -> None:
    report = sent(cast, task)
    for actor in (cast.reporter, cast.office, cast.leader, cast.observer):
        assert browser(actor).get(LIST).status_code == 403
        assert browser(actor).get(url(report, "signing_report")).status_code == 403
    other = browser(cast.stranger_signer)
    assert other.get(url(report, "signing_report")).status_code == 404
    assert "没有待审签的进展" in text_of(other.get(LIST))


def test_what_waits_no_more_is_only_read(cast: Cast, task: Task) -> None:
    report = sent(cast, task)
    by_unit.withdraw(report=report, actor=cast.reporter, now=NOW)
    page = browser(cast.signer).get(url(report, "signing_report"), follow=True)
    assert page.redirect_chain == [(reverse("progress:report", args=["2022", report.pk]), 302)]
    assert "不待审签" in text_of(page)
