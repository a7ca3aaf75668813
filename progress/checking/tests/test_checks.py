from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progress.checking.checks import findings_for
from progress.checking.findings import Figure, Filing, Part
from progress.contents.promises import Promise, promises_of
from progress.quality.facts import Facts, Measure, Span

TEXT = "示例：本期完成道路12公里，正在招标第二批。"


def figure(value: str | None, *history: str, **fields: object) -> Figure:
    return Figure(
        field="reading:1::",
        name="改造道路",
        value=Decimal(value) if value is not None else None,
        target=Decimal(300),
        history=tuple(Decimal(text) for text in history),
        unit_of_measure="公里",
        **fields,  # type: ignore[arg-type]  # each test names its own
    )


def filing(*figures: Figure, **fields: object) -> Filing:
    return replace(Filing(figures=figures, progress=TEXT), **fields)  # type: ignore[arg-type]  # each test names its own


def whole(**fields: object) -> Filing:
    """The item's own report, with all that must be there."""
    return filing(**{"wants_all": True, "problems": "无", "next_steps": "示例：9月完工", **fields})


def codes(filed: Filing) -> dict[str, str]:
    return {finding.code: finding.level for finding in findings_for(filed)}


def test_a_sound_filing_has_no_findings() -> None:
    assert findings_for(filing(figure("60", "20", "40"))) == []


def test_a_number_never_filled_needs_a_reason_and_blocks() -> None:
    assert codes(filing(figure(None))) == {"no_number": "blocking"}
    assert codes(filing(figure(None, blank_reason="示例：尚未开工"))) == {}
    assert codes(filing(figure(None), no_progress=True, no_progress_reason="示例")) == {}


def test_a_blank_keeps_the_last_value_and_only_warns() -> None:
    found = findings_for(filing(figure(None, "20", "40")))
    assert [(f.code, f.level) for f in found] == [("no_number", "warning")]
    assert found[0].sentence == "改造道路本期未填，将沿用上期40公里，请说明。"
    assert (found[0].field, found[0].key) == (
        "reading:1::value",
        "no_number:reading:1::value",
    )


def test_a_rate_without_a_target_may_stay_blank() -> None:
    assert codes(filing(replace(figure(None), target=None))) == {}


def test_a_cumulative_figure_does_not_fall_without_a_correction() -> None:
    assert codes(filing(figure("39", "20", "40"))) == {"fell": "blocking"}
    assert codes(filing(figure("39", "20", "40", is_correction=True))) == {}
    assert codes(filing(figure("39", "20", "40", is_cumulative=False))) == {}
    assert codes(filing(figure("-1"))) == {"negative": "blocking"}


def test_a_jump_above_three_times_the_usual_step_warns() -> None:
    assert codes(filing(figure("121", "20", "40", "60"))) == {"jump": "warning"}
    assert codes(filing(figure("120", "20", "40", "60"))) == {}
    assert codes(filing(figure("299", "20"))) == {}  # one figure makes no habit


def test_far_beyond_the_target_warns_and_a_little_does_not() -> None:
    assert codes(filing(figure("451", "200"))) == {"beyond_target": "warning"}
    assert codes(filing(figure("450", "200"))) == {}
    assert codes(filing(figure("451", "200", is_cumulative=False))) == {}


def rate(value: str, *history: str, **fields: object) -> Filing:
    of = replace(figure(value, *history, **fields), is_cumulative=False, unit_of_measure="%")
    return filing(replace(of, name="建成率", target=Decimal(95)))


@pytest.mark.parametrize(("value", "meant"), [("0.9", "90%"), ("9000", "90%"), ("0.885", "88.5%")])
def test_a_percentage_off_by_a_hundred_is_asked_with_both_readings(value: str, meant: str) -> None:
    [found] = findings_for(rate(value, "85", "88"))
    assert (found.code, found.level, found.field) == ("rate_slip", "warning", "reading:1::value")
    shown = f"{Decimal(value):,}"
    assert found.sentence == f"建成率填报{shown}%，上期88%，请核对是{shown}%还是{meant}。"


def test_a_first_rate_is_held_against_its_target() -> None:
    [found] = findings_for(rate("0.9"))
    assert found.sentence == "建成率填报0.9%，目标95%，请核对是0.9%还是90%。"
    assert codes(rate("40")) == {}


def test_a_cumulative_percentage_is_asked_once() -> None:
    share = replace(figure("0.62", "58", is_correction=True), unit_of_measure="%")
    assert codes(filing(share)) == {"rate_slip": "warning"}


def test_a_rate_far_from_the_last_one_warns_and_a_usual_step_does_not() -> None:
    assert codes(rate("25", "85", "88")) == {"rate_jump": "warning"}
    assert codes(rate("60", "86", "87", "88")) == {"rate_jump": "warning"}
    assert codes(rate("88.9", "87.8", "87.9", "88")) == {}
    assert codes(rate("92", "85", "88")) == {}


def test_no_more_is_finished_than_was_begun() -> None:
    assert codes(filing(figure("60", "20", "40", started=Decimal(59)))) == {
        "more_than_started": "warning"
    }
    assert codes(filing(figure("60", "20", "40", started=Decimal(60)))) == {}


def test_what_is_counted_one_by_one_has_no_halves() -> None:
    halves = filing(figure("60.5", "20", "40", started=Decimal("61.5"), is_counted=True))
    assert [(each.code, each.field) for each in findings_for(halves)] == [
        ("not_whole", "reading:1::value"),
        ("not_whole", "reading:1::started"),
    ]
    assert codes(filing(figure("60.5", "20", "40"))) == {}
    assert codes(filing(figure("60.0", "20", "40", is_counted=True))) == {}


@pytest.mark.parametrize("value", ["42000", "420000", "0.042", "0.0042"])
def test_a_slip_of_the_unit_of_measure_warns(value: str) -> None:
    assert codes(filing(figure(value, "40", is_correction=True))) == {"unit_slip": "warning"}


def test_a_first_figure_is_held_against_its_target() -> None:
    assert codes(filing(figure("300000"))) == {"unit_slip": "warning"}
    assert codes(filing(figure("0.3"))) == {}  # a small beginning is none


def test_parts_must_sum_once_all_are_in() -> None:
    in_part = Part("大冶市政府", Decimal(30)), Part("阳新县政府", None)
    found = findings_for(filing(figure("60", parts=in_part)))
    assert [(f.code, f.level) for f in found] == [("parts_missing", "warning")]
    assert "阳新县政府" in found[0].sentence
    complete = Part("大冶市政府", Decimal(30)), Part("阳新县政府", Decimal(29))
    found = findings_for(filing(figure("60", parts=complete)))
    assert [(f.code, f.level) for f in found] == [("parts_differ", "blocking")]
    assert "填报60公里" in found[0].sentence
    assert "合计59公里" in found[0].sentence
    exact = Part("大冶市政府", Decimal(30)), Part("阳新县政府", Decimal("30.0"))
    assert codes(filing(figure("60", parts=exact))) == {}


def test_the_same_text_as_last_time_warns() -> None:
    assert codes(filing(previous_progress=TEXT)) == {"same_text": "warning"}
    assert codes(filing(previous_progress=TEXT.replace("12", "11"))) == {"same_text": "warning"}
    assert codes(filing(previous_progress="示例：完成设计。")) == {}


def test_a_report_says_something_or_why_there_is_nothing() -> None:
    assert codes(filing(progress=" ")) == {"no_text": "blocking"}
    assert codes(filing(progress="", wants_text=False)) == {}
    assert codes(filing(progress="", no_progress=True)) == {"no_reason": "blocking"}
    quiet = filing(progress="", no_progress=True, no_progress_reason="示例：汛期停工")
    assert codes(quiet) == {}
    assert codes(replace(quiet, previous_no_progress=True)) == {"no_progress_again": "warning"}


def test_steps_announced_last_time_are_answered() -> None:
    promised = tuple(promises_of("完成征地拆迁；招标第二批", {}))
    found = findings_for(whole(promises=promised))
    assert [(each.code, each.level) for each in found] == [("unanswered", "blocking")]
    assert found[0].sentence == "请逐项选择上期下一步工作完成情况（完成征地拆迁等2项）。"
    # words in common with the text are no answer
    assert codes(whole(promises=promised[1:])) == {"unanswered": "blocking"}
    answered = (replace(promised[0], state="done"), replace(promised[1], state="done"))
    assert codes(whole(promises=answered)) == {}


def test_only_the_items_own_report_must_hold_everything() -> None:
    promised = tuple(promises_of("完成征地拆迁", {}))
    assert codes(filing(promises=promised)) == {}  # a co-lead's; so is what is done
    assert codes(whole(problems="", next_steps=" ")) == {
        "no_problems": "blocking",
        "no_next_steps": "blocking",
    }
    quiet = {"no_progress": True, "no_progress_reason": "示例：汛期停工", "wants_all": False}
    assert codes(whole(promises=promised, problems="", **quiet)) == {}


def test_a_sentence_that_the_figure_does_not_bear_out_is_asked_about_once() -> None:
    facts = Facts(
        Span(date(2022, 7, 1), date(2022, 7, 31)),
        (Measure("改造道路", "公里", Decimal(300), value=Decimal(180), place="reading:1::"),),
    )
    text = "改造道路累计完成210公里，占年度目标300公里的70%。"
    found = findings_for(filing(progress=text, facts=facts))
    assert [(each.code.split(".")[0], each.level) for each in found] == [
        ("number", "warning"),
        ("percent", "warning"),
    ]
    assert found[0].sentence == "进展情况写“210公里”，改造道路累计完成180公里，请核对。"
    assert text[found[0].start : found[0].end] == "210公里"
    assert found[0].other_field == "reading:1::value"
    again = findings_for(filing(progress=f"另开工一处。 {text}", facts=facts))
    assert [each.key for each in again] == [each.key for each in found]  # wherever it stands
    assert (
        codes(filing(progress=text, facts=facts, no_progress=True, no_progress_reason="示例")) == {}
    )


@pytest.mark.parametrize(
    ("state", "note", "is_open"),
    [("done", "", False), ("open", "示例：征地滞后，8月完成", False), ("open", " ", True)],
)
def test_a_step_is_answered_by_its_own_line(state: str, note: str, is_open: bool) -> None:
    step = Promise("完成征地拆迁", state, note)
    assert ("unanswered" in codes(filing(promises=(step,)))) == is_open


def test_done_needs_evidence() -> None:
    assert codes(filing(says_done=True)) == {"no_evidence": "blocking"}
    assert codes(filing(says_done=True, has_evidence=True)) == {}


def test_items_in_words_need_a_light_and_yellow_and_red_a_reason() -> None:
    assert codes(filing(wants_light=True)) == {"no_light": "blocking"}
    assert codes(filing(wants_light=True, proposed_light="on_pace")) == {}
    assert codes(filing(is_behind=True)) == {"no_light_reason": "blocking"}
    assert codes(filing(is_behind=True, light_reason="示例：征地滞后")) == {}


# --- whatever comes in ---

NUMBERS = st.decimals(-(10**9), 10**13, places=4)
TEXTS = st.text(max_size=60)
PARTS = st.builds(Part, name=st.just("大冶市政府"), value=st.none() | NUMBERS)
FIGURES = st.builds(
    Figure,
    field=st.just("reading:1::"),
    name=st.just("指标"),
    value=st.none() | NUMBERS,
    target=st.none() | NUMBERS,
    history=st.lists(NUMBERS, max_size=5).map(tuple),
    unit_of_measure=st.sampled_from(["公里", ""]),
    is_cumulative=st.booleans(),
    is_correction=st.booleans(),
    blank_reason=st.sampled_from(["", "示例"]),
    parts=st.lists(PARTS, max_size=3).map(tuple),
)
PROMISES = st.builds(
    Promise,
    line=st.text(min_size=4, max_size=40),
    state=st.sampled_from(["", "done", "open"]),
    note=st.text(max_size=10),
)
FILINGS = st.builds(
    Filing,
    figures=st.lists(FIGURES, max_size=3).map(tuple),
    wants_text=st.booleans(),
    progress=TEXTS,
    previous_progress=TEXTS,
    promises=st.lists(PROMISES, max_size=3).map(tuple),
    no_progress=st.booleans(),
    no_progress_reason=TEXTS,
    previous_no_progress=st.booleans(),
    says_done=st.booleans(),
    has_evidence=st.booleans(),
    wants_light=st.booleans(),
    proposed_light=st.sampled_from(["", "slow"]),
    is_behind=st.booleans(),
    light_reason=TEXTS,
)


@given(FILINGS)
def test_any_filing_is_checked_without_an_error_blocking_ones_first(filed: Filing) -> None:
    found = findings_for(filed)
    levels = [finding.level for finding in found]
    assert levels == sorted(levels)  # "blocking" comes before "warning"
    assert all(finding.field and finding.sentence.endswith("。") for finding in found)


@given(NUMBERS.filter(lambda n: n >= 0), NUMBERS.filter(lambda n: n >= 0))
def test_a_fallen_figure_always_blocks_and_a_risen_one_never(before: Decimal, now: Decimal) -> None:
    found = codes(filing(replace(figure("0"), value=now, history=(before,))))
    assert ("fell" in found) == (now < before)
