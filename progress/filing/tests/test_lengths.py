"""A text has one length: in the browser, in autosave, when it is saved and when it is sent."""

from __future__ import annotations

from typing import Any

import pytest

from progress.models import ProgressReport, ReportState
from tests.cast import Cast
from tests.pages import base_of, browser, km_key, latest, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

LINES = 50
# 500 as the page counts: 50 lines of nine characters, each with a line end but the last
FULL = "\r\n".join(["示例第一批完工了𠮷"] * (LINES - 1) + ["示例第一批完工了𠮷。"])
STORED = FULL.replace("\r\n", "\n")
TOO_LONG = "不超过500字，现在501字"


def test_the_text_is_500_long() -> None:
    assert len(STORED) == 500
    assert len(FULL) == 549


def post(cast: Cast, report: ProgressReport, text: str, act: str = "report") -> Any:
    client = browser(cast.reporter)
    base = base_of(text_of(client.get(url(report))))
    data = {"base": base, "progress": text, km_key(report): "180"}
    data |= {"problems": "无", "next_steps": "示例：八月完成招标。"}
    if act == "draft":
        return client.post(f"/2022/reports/{report.pk}/draft/", data, headers={"X-In-Place": "1"})
    return client.post(url(report, act), data, follow=True)


@pytest.mark.parametrize("act", ["report", "draft", "submit"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_500_characters_are_500_whatever_ends_a_line(
    cast: Cast, report: ProgressReport, act: str, end: str
) -> None:
    answer = post(cast, report, FULL.replace("\r\n", end), act)
    assert "不超过500字" not in text_of(answer)
    assert latest(report).progress == STORED
    report.refresh_from_db()
    assert (report.state == ReportState.SIGNING) == (act == "submit")


@pytest.mark.parametrize("act", ["report", "draft", "submit"])
def test_501_are_refused_everywhere_with_the_count_of_the_page(
    cast: Cast, report: ProgressReport, act: str
) -> None:
    answer = post(cast, report, FULL + "多", act)
    said = answer.json()["errors"]["progress"] if act == "draft" else text_of(answer)
    assert TOO_LONG in said


def test_the_same_text_saved_again_is_no_change(cast: Cast, report: ProgressReport) -> None:
    post(cast, report, FULL)
    edits = latest(report).edits
    assert post(cast, report, STORED, "draft").json()["is_saved"] is False
    assert latest(report).edits == edits
