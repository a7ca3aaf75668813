from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from demo import texts
from demo.goals import LATE, NOT_STARTED, ON_PACE, SLOW
from demo.story import Number, Step, Story, subject_of
from progress.contents.oddities import answers, is_same

ROADS = Number(
    "新改扩建道路", Decimal("163.98"), Decimal("126.3"), Decimal(300), "公里", Decimal(210)
)
RATE = Number("普及率", Decimal("90.2"), Decimal(90), Decimal(91), "%", is_rate=True)
STORY = Story(
    code="重点工作第1项",
    short="道路改造",
    unit="市交通运输局",
    helpers=("市发改委", "大冶市政府"),
    period="6月",
    day=date(2022, 6, 30),
    light=ON_PACE,
    turn=0,
    pieces=8,
    finished=3,
)
STEPS = (
    Step("完成设计", date(2022, 3, 20), date(2022, 3, 18)),
    Step("主体完工", date(2022, 9, 30)),
)
KINDS = [
    STORY,
    replace(STORY, numbers=(ROADS,)),
    replace(STORY, numbers=(ROADS, RATE)),
    replace(STORY, numbers=(ROADS,) * 6),
    replace(STORY, steps=STEPS),
    replace(STORY, part_of="市住建局"),
]
TEXTS = (
    texts.progress,
    texts.digest,
    texts.problems,
    texts.light_reason,
    texts.next_steps,
    texts.next_digest,
    texts.coordination,
    texts.return_reason,
    texts.explanation,
    texts.still_open,
)


@pytest.mark.parametrize("story", KINDS)
@pytest.mark.parametrize("turn", range(12))
@pytest.mark.parametrize("light", [ON_PACE, SLOW, LATE, NOT_STARTED])
def test_every_text_is_marked_names_its_item_and_fits(story: Story, turn: int, light: str) -> None:
    s = replace(story, turn=turn, light=light)
    for write in TEXTS:
        text = write(s)
        assert text.startswith("（示例）")
        assert text.endswith("。")
        assert "{" not in text
        assert len(text) <= 500
    assert s.short in texts.problems(s)


@pytest.mark.parametrize("turn", range(12))
def test_the_measure_names_the_items_own_number_and_target(turn: int) -> None:
    s = replace(STORY, numbers=(ROADS,), turn=turn)
    for text in (texts.progress(s), texts.digest(s)):
        assert "163.98公里" in text
        assert "300公里" in text
        assert "54.7%" in text
        assert "70%" in text  # begun, of the target


@pytest.mark.parametrize("turn", range(12))
def test_an_item_without_figures_says_how_many_jobs_it_has_and_how_many_are_over(
    turn: int,
) -> None:
    text = texts.progress(replace(STORY, turn=turn))
    assert "8" in text
    assert "3" in text


@pytest.mark.parametrize("turn", range(12))
def test_who_is_behind_says_first_how_to_catch_up(turn: int) -> None:
    s = replace(STORY, numbers=(ROADS,), turn=turn)
    assert "滞后" not in texts.next_steps(s)
    assert "欠账" not in texts.next_steps(s)
    first = texts.next_digest(replace(s, light=SLOW))
    assert "滞后" in first or "欠账" in first
    assert "7月31日" in first


@pytest.mark.parametrize("story", KINDS[:3])
def test_the_next_month_reads_otherwise_and_comes_back_to_what_was_announced(
    story: Story,
) -> None:
    for turn in range(12):
        before, now = replace(story, turn=turn), replace(story, turn=turn + 1)
        assert not is_same(texts.progress(now), texts.progress(before))
        for step in texts.next_steps(before).split("；"):
            assert answers(texts.progress(now), step)


@pytest.mark.parametrize(
    ("short_title", "subject"),
    [
        ("新增城镇就业5万人", "新增城镇就业"),
        ("D级危房整治2万平方米", "D级危房整治"),
        ("贷款余额增长14%以上", "贷款余额增长"),
        ("推动1至2家企业上市", "推动1至2家企业上市"),
        ("12条主导产业链招商", "12条主导产业链招商"),
    ],
)
def test_a_title_with_an_amount_is_named_without_it(short_title: str, subject: str) -> None:
    assert subject_of(short_title) == subject
