"""What a sentence commits to, what measures it, and what the office decides of the rest."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from progress.judging.judge import judge
from progress.models import Period
from tasks.commitments.acts import add, decide, stored
from tasks.commitments.matching import of_words, shared
from tasks.commitments.promised import Listed, open_ones, promised_by
from tasks.models import Commitment, Plan, Task
from tests.cast import Cast, at, make_indicator, make_milestone, make_responsibility, make_task
from units.errors import NotNow, Refused
from units.models import LogEntry

pytestmark = pytest.mark.django_db

NOW = at("2022-08-03")
TEXT = "建成示例电车一期工程,优化调整公交路线10条,增加公交线网密度。"


@pytest.fixture
def tram(plan: Plan, cast: Cast) -> Task:
    """A promise with a number, one with steps to come, one with neither."""
    task = make_task(plan, 9, text=TEXT)
    lead = make_responsibility(task, cast.lead, is_primary=True)
    make_indicator(task, lead, 10, name="公交路线", span_start=11, span_end=21)
    return task


def measures(task: Task) -> list[str]:
    return [each.measure for each in promised_by(task)]


def test_a_sentence_is_listed_without_being_written_down(tram: Task) -> None:
    assert [each.text for each in promised_by(tram)] == TEXT.rstrip("。").split(",")
    assert measures(tram) == ["未定", "指标", "未定"]
    assert not Commitment.objects.exists()


def test_a_step_measures_what_shares_its_words(tram: Task, cast: Cast) -> None:
    lead = tram.responsibilities.get()
    step = make_milestone(tram, lead, date(2022, 6, 20))
    assert measures(tram)[0] == "未定"  # 开工 says nothing of the tram
    step.title = "示例电车一期通车"
    step.save()
    assert measures(tram) == ["节点", "指标", "未定"]


def test_writing_them_down_tells_numbers_and_steps_theirs_and_changes_no_judgement(
    tram: Task, cast: Cast, plan: Plan
) -> None:
    lead = tram.responsibilities.get()
    make_milestone(tram, lead, date(2022, 6, 20))
    periods = list(Period.objects.filter(plan=plan, cycle="monthly"))
    before = [judge([tram], period)[tram.pk].judgement for period in periods]
    rows = stored(tram)
    assert [row.pk for row in stored(tram)] == [row.pk for row in rows]
    assert tram.indicators.get().commitment == rows[1]
    assert [judge([tram], period)[tram.pk].judgement for period in periods] == before


def test_the_office_decides_of_what_nothing_measures_and_the_log_says_why(
    tram: Task, cast: Cast
) -> None:
    said: dict[str, Any] = {"task": tram, "ordinal": 3, "reason": "没有量化标准。", "now": NOW}
    with pytest.raises(Refused):
        decide(**said, decision="words", actor=cast.reporter)
    decide(**said, decision="words", actor=cast.office)
    assert measures(tram) == ["未定", "指标", "文字评定"]
    assert "没有量化标准。（" in promised_by(tram)[2].why
    assert LogEntry.objects.filter(action="commitment.decide").exists()
    decide(**said, decision="left_open", actor=cast.office)
    assert [each.text for each in open_ones(promised_by(tram))] == [
        TEXT.split(",")[0],
        "增加公交线网密度",
    ]
    decide(**said, decision="dropped", actor=cast.office)
    assert len(promised_by(tram)) == 2
    decide(**{**said, "reason": ""}, decision="", actor=cast.office)
    assert measures(tram)[2] == "未定"


def test_one_more_is_copied_out_of_the_sentence(tram: Task, cast: Cast) -> None:
    with pytest.raises(NotNow, match="不在事项原文中"):
        add(task=tram, text="建成示例桥", actor=cast.office, now=NOW)
    made = add(task=tram, text="公交线网密度", actor=cast.office, now=NOW)
    assert (made.ordinal, TEXT[made.span_start : made.span_end]) == (4, "公交线网密度")
    with pytest.raises(NotNow, match="已列为承诺"):
        add(task=tram, text="公交线网密度", actor=cast.office, now=NOW)


def test_what_the_whole_item_is_judged_by_in_words_is_not_open(plan: Plan) -> None:
    task = make_task(plan, 3, tracking="qualitative", text="推进示例改革,完善示例机制。")
    assert measures(task) == ["文字评定", "文字评定"]


def test_words_are_matched_by_the_longest_run() -> None:
    listed = [Listed(1, "建成木栏大道", 0, 6), Listed(2, "建成综合客运枢纽站", 7, 16)]
    assert of_words("枢纽站建成", listed) == 2
    assert of_words("召开会议", listed) is None
    assert (shared("abcd", "xbcy"), shared("", "a")) == (2, 0)
