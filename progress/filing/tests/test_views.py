"""The report page: typing, refusals that keep every word, two editors, acts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from huangshi_tasks.lib import clock
from progress.filing import drafts
from progress.lifecycle import by_office
from progress.models import ProgressReport, Reading, ReportState
from tasks.models import Task
from tests.cast import Cast, accept_report, at, file_report, make_share, report_of
from tests.pages import WORDS, browser, km_key, text_of, url
from units.models import Appointment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]


def posted(report: ProgressReport, **more: str) -> dict[str, str]:
    return {
        "base": drafts.fingerprint(report.latest()),
        "progress": WORDS,
        "problems": "无",
        "next_steps": "示例：八月完成招标。",
        km_key(report): "180",
        **more,
    }


def test_a_draft_is_kept(cast: Cast, report: ProgressReport) -> None:
    client = browser(cast.reporter)
    response = client.post(url(report), posted(report), follow=True)
    assert "草稿已保存" in text_of(response)
    version = report.latest()
    assert version is not None
    assert version.progress == WORDS
    assert Reading.objects.get(version=version).value == 180
    assert WORDS in text_of(client.get(url(report)))


@pytest.mark.parametrize(
    "typed", ["１８０", " 180 ", "180.0", "１８０．００００", "180公里", "\ufeff180\u200b"]
)
def test_figures_are_read_as_people_type_them(
    cast: Cast, report: ProgressReport, typed: str
) -> None:
    browser(cast.reporter).post(url(report), posted(report) | {km_key(report): typed})
    assert Reading.objects.get().value == 180


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("一百八", "请填写数字"),
        ("180个", "请填写数字"),
        ("1,80", "“1,80”有两种读法，请写1.80或180。"),
        ("1 80", "“1 80”有两种读法，请写1.80或180。"),
        ("18²", "请填写数字"),
        ("1e3", "请填写数字"),
        ("NaN", "请填写数字"),
        ("-5", "不能填负数"),
        ("1.23456", "小数最多4位"),
        ("9" * 16, "数字过大"),
    ],
)
def test_what_is_no_figure_stays_in_the_field_and_the_rest_is_saved(
    cast: Cast, report: ProgressReport, typed: str, sentence: str
) -> None:
    response = browser(cast.reporter).post(url(report), posted(report) | {km_key(report): typed})
    page = text_of(response)
    assert response.status_code == 409
    assert sentence in page
    assert f'value="{typed}"' in page
    version = report.latest()
    assert version is not None
    assert version.progress == WORDS


def test_a_text_that_is_too_long_is_kept_on_the_page(cast: Cast, report: ProgressReport) -> None:
    long = "长" * 501
    response = browser(cast.reporter).post(url(report), posted(report, problems=long))
    page = text_of(response)
    assert "不超过500字，现在501字" in page
    assert long in page


def test_what_blocks_is_said_at_the_field_and_nothing_is_lost(
    cast: Cast, report: ProgressReport
) -> None:
    empty = posted(report) | {km_key(report): ""}
    response = browser(cast.reporter).post(url(report, "submit"), empty)
    page = text_of(response)
    assert "处需要处理" in page
    assert WORDS in page
    report.refresh_from_db()
    assert report.state == ReportState.DRAFT


def test_it_goes_to_the_signer_and_may_be_withdrawn(cast: Cast, report: ProgressReport) -> None:
    client = browser(cast.reporter)
    response = client.post(url(report, "submit"), posted(report), follow=True)
    assert "已送本单位审签" in text_of(response)
    assert "撤回修改" in text_of(client.get(url(report)))
    client.post(url(report, "withdraw"))
    report.refresh_from_db()
    assert report.state == ReportState.DRAFT


def test_two_editors_of_different_fields_both_keep_theirs(
    cast: Cast, report: ProgressReport
) -> None:
    first, second = browser(cast.reporter), browser(cast.reporter)
    first.post(url(report), posted(report))
    base = drafts.fingerprint(report.latest())
    first.post(url(report), {"base": base, "problems": "示例：资金未到位。"})
    second.post(url(report), {"base": base, "note": "示例：已与财政局核对。"})
    version = report.latest()
    assert version is not None
    assert (version.problems, version.note) == ("示例：资金未到位。", "示例：已与财政局核对。")


def test_two_editors_of_one_field_are_shown_both(cast: Cast, report: ProgressReport) -> None:
    client = browser(cast.reporter)
    client.post(url(report), posted(report))
    base = drafts.fingerprint(report.latest())
    client.post(url(report), {"base": base, "problems": "示例：甲。"})
    response = client.post(url(report), {"base": base, "problems": "示例：乙。"})
    page = text_of(response)
    assert response.status_code == 409
    assert "示例：甲。" in page
    assert "示例：乙。" in page
    version = report.latest()
    assert version is not None
    assert version.problems == "示例：甲。"


def test_after_the_window_the_page_says_who_can_open_it(cast: Cast, report: ProgressReport) -> None:
    clock.configure(date(2022, 8, 15))
    page = text_of(browser(cast.reporter).get(url(report)))
    assert "请联系督查室开启" in page
    assert "保存草稿" not in page


def test_what_was_typed_when_the_window_closed_is_still_on_the_page(
    cast: Cast, report: ProgressReport
) -> None:
    data = posted(report)
    clock.configure(date(2022, 8, 15))
    response = browser(cast.reporter).post(url(report), data)
    assert response.status_code == 409
    assert WORDS in text_of(response)


def test_a_return_without_a_reason_says_so_and_a_long_reason_is_kept(
    cast: Cast, report: ProgressReport
) -> None:
    browser(cast.reporter).post(url(report, "submit"), posted(report))
    client = browser(cast.signer)
    assert "请填写原因" in text_of(client.post(url(report, "return_to_liaison"), {"reason": ""}))
    long = "长" * 301
    assert long in text_of(client.post(url(report, "return_to_liaison"), {"reason": long}))
    client.post(url(report, "return_to_liaison"), {"reason": "示例：请核对里程。"})
    report.refresh_from_db()
    assert report.state == ReportState.RETURNED
    assert "示例：请核对里程。" in text_of(browser(cast.reporter).get(url(report)))


def test_others_on_the_item_see_only_what_was_accepted(cast: Cast, report: ProgressReport) -> None:
    sent = file_report(cast, report, at("2022-08-02"), 180)
    assert browser(cast.supporter).get(url(sent)).status_code == 404
    by_office.accept(report=sent, actor=cast.office, now=at("2022-08-03"), digest="示例采用稿。")
    page = text_of(browser(cast.supporter).get(url(sent)))
    assert "示例采用稿。" in page
    assert "报送记录" not in page


def test_the_primary_may_fill_a_missing_county_row(cast: Cast, task: Task) -> None:
    indicator = task.indicators.get()
    make_share(indicator, cast.county, 100)
    report = report_of(task, cast.lead)
    key = f"reading:{indicator.pk}:{cast.county.pk}:value"
    browser(cast.reporter).post(url(report), posted(report) | {key: "60"})
    row = Reading.objects.get(unit=cast.county)
    assert (row.value, row.filled_by_lead) == (Decimal(60), True)


def test_a_leaving_liaison_loses_the_right_on_the_day_after(
    cast: Cast, report: ProgressReport
) -> None:
    Appointment.objects.filter(user=cast.reporter.user).update(ends_on=date(2022, 8, 2))
    assert browser(cast.reporter).get(url(report)).status_code == 403


def test_the_office_reopens_with_a_reason_and_a_day(cast: Cast, report: ProgressReport) -> None:
    clock.configure(date(2022, 8, 15))
    client = browser(cast.office)
    assert "请填写补报期限" in text_of(
        client.post(url(report, "reopen"), {"reason": "示例：漏报。", "until": ""})
    )
    client.post(url(report, "reopen"), {"reason": "示例：漏报。", "until": "2022-08-17"})
    assert "保存草稿" in text_of(browser(cast.reporter).get(url(report)))


def test_a_correction_keeps_the_accepted_version_until_it_is_accepted(
    cast: Cast, report: ProgressReport
) -> None:
    accepted = accept_report(cast, report, at("2022-08-02"), 180)
    before = accepted.accepted_version
    browser(cast.reporter).post(url(report, "correct"), {"reason": "示例：里程有误。"})
    accepted.refresh_from_db()
    assert accepted.state == ReportState.DRAFT
    assert accepted.accepted_version == before
