"""Differences of two texts: nothing is lost, and what changed is what is marked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from progress.checking.differences import Run, differences


def test_what_changed_is_marked_on_both_sides() -> None:
    old, new = differences("累计改造道路150公里，完成招标。", "累计改造道路180公里，完成招标。")
    assert old == [
        Run("累计改造道路1", False),
        Run("5", True),
        Run("0公里，完成招标。", False),
    ]
    assert [run.text for run in new if run.is_changed] == ["8"]


def test_a_new_sentence_is_one_run() -> None:
    old, new = differences("完成招标。", "完成招标。县道九月开工。")
    assert old == [Run("完成招标。", False)]
    assert new == [Run("完成招标。", False), Run("县道九月开工。", True)]


def test_single_characters_in_common_do_not_break_a_rewritten_sentence() -> None:
    old, new = differences("示例：征地滞后的路段正协调。", "示例：施工队伍已经进场的段落。")
    assert [run.is_changed for run in old] == [False, True, False]
    assert [run.is_changed for run in new] == [False, True, False]


def test_without_a_text_before_everything_is_new() -> None:
    assert differences("", "进展。") == ([], [Run("进展。", True)])
    assert differences("进展。", "") == ([Run("进展。", True)], [])
    assert differences("", "") == ([], [])


def test_equal_texts_have_no_change() -> None:
    assert differences("同样。", "同样。") == ([Run("同样。", False)], [Run("同样。", False)])


@given(st.text("甲乙丙。12\n", max_size=40), st.text("甲乙丙。12\n", max_size=40))
def test_joined_runs_give_back_each_text(before: str, after: str) -> None:
    old, new = differences(before, after)
    assert "".join(run.text for run in old) == before
    assert "".join(run.text for run in new) == after
