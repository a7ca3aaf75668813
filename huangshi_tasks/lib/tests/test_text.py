"""Chinese text for the screen: punctuation, figures, dates."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huangshi_tasks.lib import text

NOTICE = st.text(alphabet="中文第项市、。《》（）,:;()!? 0123456789.-%A", max_size=60)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("突出节能,降耗", "突出节能，降耗"),
        ("责任单位:市经信局;市发改委", "责任单位：市经信局；市发改委"),
        ("各县(市、区)政府", "各县（市、区）政府"),
        ("新港(物流)工业园", "新港（物流）工业园"),
        ("开工1-2家,完成180亿元", "开工1-2家，完成180亿元"),
        ("达到100%,居全省前列", "达到100%，居全省前列"),
        ("项目(100个)开工", "项目（100个）开工"),
        ("市(州(县))级", "市（州（县））级"),
        ("多了一个括号)的句子", "多了一个括号）的句子"),
        ("分两步: 先开工, 后投产", "分两步：先开工，后投产"),
    ],
)
def test_punctuation_beside_chinese_becomes_full_width(stored: str, shown: str) -> None:
    assert text.full_width(stored) == shown


@pytest.mark.parametrize(
    "untouched",
    [
        "52,630",
        "1.5",
        "2-3家",
        "16:20",
        "8月2日16:20",
        "《民法典》",
        "(2022)",
        "GDP (ppp), A:B",
        "",
    ],
)
def test_figures_and_other_alphabets_keep_their_punctuation(untouched: str) -> None:
    assert text.full_width(untouched) == untouched


@given(NOTICE)
def test_full_width_applied_twice_changes_nothing_more(stored: str) -> None:
    once = text.full_width(stored)
    assert text.full_width(once) == once


@given(NOTICE)
def test_full_width_changes_only_punctuation_and_the_spaces_beside_it(stored: str) -> None:
    def bare(value: str) -> str:
        return "".join(char for char in value if char not in ",:;()!? ，：；（）！？")

    assert bare(text.full_width(stored)) == bare(stored)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("52630.0000"), "52,630"),
        (Decimal("163.9800"), "163.98"),
        (Decimal("100"), "100"),
        (0, "0"),
        (-1200.5, "−1,200.5"),
        (Decimal("-0.00001"), "0"),
        ("33900", "33,900"),
    ],
)
def test_figures_have_thousands_and_no_trailing_zeros(value: Decimal, shown: str) -> None:
    assert text.number(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(58, "58%"), (Decimal("58.75"), "58.8%"), (100.04, "100%"), (120, "120%")]
)
def test_percent_has_at_most_one_decimal_rounded_half_up(value: Decimal, shown: str) -> None:
    assert text.percent(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(8, "+8.0"), (-12, "\u221212.0"), (0, "0.0"), (Decimal("-0.04"), "0.0"), (0.25, "+0.3")],
)
def test_a_difference_is_always_signed_with_a_real_minus(value: Decimal, shown: str) -> None:
    assert text.signed_points(value) == shown


def test_dates_read_as_an_office_writes_them() -> None:
    friday = date(2022, 8, 5)
    assert text.day(friday) == "8月5日"
    assert text.day_week(friday) == "8月5日（星期五）"
    assert text.deadline(friday) == "8月5日（星期五）24时"


def test_a_moment_is_shown_in_shanghai_even_across_midnight() -> None:
    assert text.moment(datetime(2022, 8, 2, 8, 20, tzinfo=UTC)) == "8月2日16:20"
    assert text.moment(datetime(2022, 7, 31, 16, 5, tzinfo=UTC)) == "8月1日00:05"
    assert text.day(datetime(2022, 7, 31, 16, 5, tzinfo=UTC)) == "8月1日"
