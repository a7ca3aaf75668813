"""What of a plan is still to come on a day."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huangshi_tasks.lib.planned import days_named, still_ahead

JUNE, JULY = date(2022, 6, 30), date(2022, 7, 31)
DAY = date(2022, 8, 12)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("加快施工。", "加快施工。"),
        ("8月底前完成二标段。", "8月底前完成二标段。"),
        ("7月底前完成招标。", ""),
        ("7月31日前开展检查；8月31日前完成二标段。", "8月31日前完成二标段。"),
        ("会同市交通局推进，7月31日前落实3项措施。", ""),
        ("7月15日前完成招标，组织进场，8月31日前开工，同步征地。", "8月31日前开工，同步征地。"),
        ("二季度完成设计；三季度开工", "三季度开工"),
        ("7月至8月完成路基。", "7月至8月完成路基。"),
        ("在6月已完成招标的基础上，加快施工。", "在6月已完成招标的基础上，加快施工。"),
        ("上半年完成前期；年底前建成。", "年底前建成。"),
        ("8月上旬完成验收；8月中旬移交。", "8月中旬移交。"),
        ("（示例）7月20日前开一次会；9月10日前验收。", "（示例）9月10日前验收。"),
        ("2023年1月建成。", "2023年1月建成。"),
        ("用3个月时间完成。", "用3个月时间完成。"),
    ],
)
def test_what_is_over_is_no_plan(text: str, left: str) -> None:
    assert still_ahead(text, said_on=JUNE, day=DAY).text == left


def test_what_was_left_out_is_told() -> None:
    found = still_ahead("7月底前招标；8月底前开工。", said_on=JULY, day=DAY)
    assert found.passed == ("7月底前招标",)


def test_months_near_are_read_by_the_report() -> None:
    assert days_named("下月开工", JUNE) == [JULY]
    assert days_named("1月底前验收", date(2022, 12, 31)) == [date(2023, 1, 31)]
    assert days_named("6月31日前", JUNE) == [JUNE]
    assert days_named("13月", JUNE) == []


@given(st.text("7月8日底前，；。完成9季度上下年三0123\n（）", max_size=60))
def test_whatever_is_typed_nothing_named_is_over(text: str) -> None:
    found = still_ahead(text, said_on=JULY, day=DAY)
    for clause in re.split("[。；;，\n]", found.text):
        days = days_named(clause, JULY)
        assert not days or max(days) >= DAY
