"""A cell is what the person sees: uploaded through the page, previewed, written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from progress.filing import drafts
from progress.models import ProgressReport
from progress.workbook.filing import FilingSheet
from tasks.models import Indicator, IndicatorKind, Plan, Task
from tests.cast import (
    Cast,
    accept_report,
    at,
    make_item,
    make_milestone,
    make_responsibility,
    make_task,
    report_of,
)
from tests.pages import browser, km_key, text_of, url
from units.models import SheetUpload
from units.sheets import book, keeping, running
from units.sheets.tests.filled import Filler, made_strict

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

NOW = at("2022-08-03")
TEXTS, NUMBERS, STEPS, ANSWERS = "进展文字", "数字", "节点", "上期安排"


def download(plan: Plan, cast: Cast) -> Filler:
    return Filler(FilingSheet(plan).template(cast.reporter, NOW))


def sent(plan: Plan, cast: Cast, content: bytes) -> tuple[str, str]:
    """Uploaded through the page: the preview, and its address."""
    client = browser(cast.reporter)
    file = SimpleUploadedFile("填报表.xlsx", content)
    answer = client.post(f"/{plan.slug}/import/filing/", {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    return unescape(client.get(answer["Location"]).content.decode()), answer["Location"]


def written(plan: Plan, cast: Cast, content: bytes) -> str:
    """Uploaded and confirmed; returns the preview."""
    page, address = sent(plan, cast, content)
    answer = browser(cast.reporter).post(address, {"skips_bad": "1"}, follow=True)
    assert answer.status_code == 200
    return page


@pytest.fixture
def rate(task: Task) -> Indicator:
    indicator = task.indicators.get()
    indicator.kind, indicator.unit_of_measure = IndicatorKind.RATE, "%"
    indicator.save()
    return indicator


def value_of(report: ProgressReport) -> Any:
    version = report.latest()
    readings = list(version.readings.all()) if version is not None else []
    return readings[0].value if readings else None


def test_a_cell_of_90_percent_is_90(
    cast: Cast, plan: Plan, report: ProgressReport, rate: Indicator
) -> None:
    filler = download(plan, cast)
    filler.put(NUMBERS, 1, "累计完成", 0.9)
    filler.cell(NUMBERS, 1, "累计完成").number_format = "0%"
    assert "累计完成：空 → 90" in written(plan, cast, filler.content)
    assert value_of(report) == 90


def test_a_rate_far_from_the_last_one_is_told_with_both_readings(
    cast: Cast, plan: Plan, task: Task, rate: Indicator, report: ProgressReport
) -> None:
    june = report_of(task, cast.lead, "2022-06")
    accept_report(cast, june, at("2022-07-04"), 88, proposed_light="on_pace")
    filler = download(plan, cast)
    filler.put(NUMBERS, 1, "累计完成", 0.9)
    page, _ = sent(plan, cast, filler.content)
    assert "请核对是0.9%还是90%" in page


REFUSED = {
    "90%": "以“公里”计",
    "1,2": "“1,2”有两种读法，请写1.2或12。",
    "1 2": "“1 2”有两种读法，请写1.2或12。",
    "12、5": "“12、5”有两种读法，请写12.5或125。",
    "12个": "以“公里”计",
    "12²": "请填写数字",
}
READ = {"1，200": "1200", "1 200.5": "1200.5", "25公里": "25", "\ufeff２５\u200b": "25"}


@pytest.mark.parametrize("typed", REFUSED)
def test_a_figure_of_two_readings_is_refused_with_both(
    typed: str, cast: Cast, plan: Plan, report: ProgressReport
) -> None:
    filler = download(plan, cast)
    filler.put(NUMBERS, 1, "累计完成", typed)
    assert REFUSED[typed] in written(plan, cast, filler.content)
    assert value_of(report) is None


@pytest.mark.parametrize("typed", READ)
def test_the_preview_shows_the_number_as_it_will_be_stored(
    typed: str, cast: Cast, plan: Plan, report: ProgressReport
) -> None:
    filler = download(plan, cast)
    filler.put(NUMBERS, 1, "累计完成", typed)
    assert f"累计完成：空 → {READ[typed]}<" in written(plan, cast, filler.content)
    assert value_of(report) == Decimal(READ[typed])


def test_merged_rows_are_refused_and_nothing_under_them_is_emptied(
    cast: Cast, plan: Plan, report: ProgressReport
) -> None:
    other = report_of(make_item(plan, cast, 2), cast.lead)
    filler = download(plan, cast)
    filler.put(NUMBERS, 1, "累计完成", 5)
    filler.put(NUMBERS, 2, "累计完成", 6)
    assert written(plan, cast, filler.content)
    filler = download(plan, cast)
    first, last = (filler.cell(NUMBERS, row, "累计完成").coordinate for row in (1, 2))
    filler.put(NUMBERS, 1, "累计完成", 7)
    filler.book[NUMBERS].merge_cells(f"{first}:{last}")
    page = written(plan, cast, filler.content)
    rows = f"{first[1:]}至{last[1:]}"
    assert f"第{rows}行“累计完成”（{first}:{last}）是合并单元格" in page
    assert (value_of(report), value_of(other)) == (5, 6)


def test_a_picture_placed_in_a_cell_is_no_text(
    cast: Cast, plan: Plan, report: ProgressReport
) -> None:
    filler = download(plan, cast)
    filler.cell(TEXTS, 1, "进展情况").value = '=DISPIMG("ID_1",1)'
    assert "单元格里是嵌入的图片" in written(plan, cast, filler.content)
    assert report.latest() is None


def test_a_strict_workbook_is_read(cast: Cast, plan: Plan, report: ProgressReport) -> None:
    filler = download(plan, cast)
    filler.put(NUMBERS, 1, "累计完成", 25)
    assert "累计完成：空 → 25" in written(plan, cast, made_strict(filler.content))


@pytest.mark.parametrize("typed", ["7月20日", "2022.7.20", "2022/7/20", "２０２２年７月２０号"])
def test_days_are_read_as_people_type_them(
    typed: str, cast: Cast, plan: Plan, task: Task, report: ProgressReport
) -> None:
    make_milestone(task, report.responsibility, date(2022, 8, 31))
    filler = download(plan, cast)
    filler.put(STEPS, 1, "完成日期", typed)
    assert "完成日期：空 → 2022-07-20" in written(plan, cast, filler.content)
    assert report.latest().milestone_readings.get().done_on == date(2022, 7, 20)  # type: ignore[union-attr]


def test_words_are_read_where_they_mean_one_thing(cast: Cast, plan: Plan) -> None:
    task = make_task(plan, 3, tracking="qualitative")
    make_responsibility(task, cast.lead, is_primary=True)
    accept_report(
        cast,
        report_of(task, cast.lead, "2022-06"),
        at("2022-07-04"),
        next_steps="完成招标",
        proposed_light="on_pace",
    )
    report = report_of(task, cast.lead)
    filler = download(plan, cast)
    filler.put(TEXTS, 1, "建议状态", "正常")
    filler.put(TEXTS, 1, "本期无新进展", "√")
    filler.put(ANSWERS, 1, "完成情况", "√")
    filler.put(TEXTS, 1, "希望解决时间", "9月1日")
    page = written(plan, cast, filler.content)
    for shown in ("建议状态：空 → 正常推进", "本期无新进展：空 → 是", "完成情况：空 → 已完成"):
        assert shown in page
    values = drafts.values_of(report.latest())
    assert (values["proposed_light"], values["no_progress"]) == ("on_pace", True)
    assert values["coordination_by"] == date(2022, 9, 1)


@pytest.mark.parametrize(
    ("sheet", "head", "typed", "sentence"),
    [
        (STEPS, "完成日期", "完成", "请填写完成的日期"),
        (STEPS, "完成日期", "7.20", "请按“2022-08-05”的格式填写日期。"),
        (TEXTS, "希望解决时间", "1月15日", "请写明年份，如2023年1月15日。"),
        (TEXTS, "本期无新进展", "对", "是的填“是”，不是的留空。"),
    ],
)
def test_words_of_several_meanings_are_asked_about(
    sheet: str,
    head: str,
    typed: str,
    sentence: str,
    cast: Cast,
    plan: Plan,
    task: Task,
    report: ProgressReport,
) -> None:
    make_milestone(task, report.responsibility, date(2022, 8, 31))
    filler = download(plan, cast)
    filler.put(sheet, 1, head, typed)
    assert sentence in written(plan, cast, filler.content)


def test_a_row_taken_out_of_the_file_is_told_and_stays(
    cast: Cast, plan: Plan, report: ProgressReport
) -> None:
    filler = download(plan, cast)
    filler.put(NUMBERS, 1, "累计完成", 25)
    assert "未包含，保持不变" not in written(plan, cast, filler.content)
    filler = download(plan, cast)
    del filler.book[NUMBERS]
    page = written(plan, cast, filler.content)
    assert "未包含，保持不变" in page
    assert "数字：重点工作第1项 7月 改造道路" in page
    assert value_of(report) == 25


def test_the_same_value_spelled_otherwise_is_no_change(
    cast: Cast, plan: Plan, report: ProgressReport
) -> None:
    filler = download(plan, cast)
    filler.put(NUMBERS, 1, "累计完成", 25)
    assert written(plan, cast, filler.content)
    filler = download(plan, cast)
    filler.put(NUMBERS, 1, "累计完成", "25公里")
    page, _ = sent(plan, cast, filler.content)
    assert "表格与现有内容一致" in page


def test_each_person_imports_one_file_at_a_time(
    cast: Cast, plan: Plan, report: ProgressReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[int] = []
    monkeypatch.setattr(running, "one_at_a_time", waited.append)
    written(plan, cast, download(plan, cast).content)
    assert set(waited) == {running.LOCK + cast.reporter.user.pk}


@pytest.mark.django_db(transaction=True)
def test_a_workbook_is_read_outside_any_transaction(
    cast: Cast, plan: Plan, report: ProgressReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside: list[bool] = []
    real = book.open_book

    def watched(content: bytes) -> Any:
        inside.append(connection.in_atomic_block)
        return real(content)

    monkeypatch.setattr(keeping, "open_book", watched)
    filler = download(plan, cast)
    filler.put(NUMBERS, 1, "累计完成", 25)
    written(plan, cast, filler.content)
    assert inside == [False, False]
    assert SheetUpload.objects.get().applied_at is not None


def test_a_rate_typed_on_the_page_is_asked_about_alike(
    cast: Cast, plan: Plan, task: Task, rate: Indicator, report: ProgressReport
) -> None:
    june = report_of(task, cast.lead, "2022-06")
    accept_report(cast, june, at("2022-07-04"), 88, proposed_light="on_pace")
    client = browser(cast.reporter)
    typed = {"base": drafts.fingerprint(None), km_key(report): "0.9", "progress": "示例：推进。"}
    client.post(url(report), typed)
    assert "请核对是0.9%还是90%" in unescape(text_of(client.get(url(report))))
    client.post(url(report), {"base": drafts.fingerprint(report.latest()), km_key(report): "90%"})
    assert value_of(report) == 90
