"""What a number format makes of a value: the text that is read, or a sentence."""

from typing import Any

import pytest

from units.sheets.formats import CHINESE_DATES, REPAINTED, UNKNOWN, UNSEEN, Formats, code_of

SEEN = {
    (0.9, "0%"): "90%",
    (0.9, "0.00%"): "90%",
    (0.905, "0%"): "90.5%",
    (-0.05, "0.0%;[Red]-0.0%"): "-5%",
    (90, '0"%"'): "90%",
    (5, '0"个"'): "5个",
    (1.5, '#,##0.00"亿元"'): "1.5亿元",
    (12345, "#,##0"): "12345",
    (163.98, "¥#,##0.00"): "163.98",
    (163.98, '_ [$¥-804]* #,##0.00_ ;_ [$¥-804]* -#,##0.00_ ;_ [$¥-804]* "-"??_ ;_ @_ '): "163.98",
    (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '): "0",
    (-5, "0_);[Red](0)"): "-5",
    (163.98, "0.00E+00"): "163.98",
    (7, "000"): "007",
    (25, "General"): "25",
    (25, "G/通用格式"): "25",
    (25, "@"): "25",
    (44773, "yyyy/m/d"): "2022-07-31",
    (44773, 'm"月"d"日"'): "2022-07-31",
    (1, '"完成"'): "完成",
}
REFUSED = {
    (12000, "0.0,"): REPAINTED,
    (12000, '0!.0,"万"'): REPAINTED,
    (12, '0"."0'): REPAINTED,
    (0.5, "# ?/?"): REPAINTED,
    (5, "-0"): REPAINTED,
    (0.9, "[<1]0%;0"): REPAINTED,
    (5, ";;;"): UNSEEN,
    (0, "0;-0;;@"): UNSEEN,
    (0, "#,###"): UNSEEN,
}


@pytest.mark.parametrize(("value", "code"), SEEN)
def test_a_cell_says_what_its_format_shows(value: Any, code: str) -> None:
    seen = Formats((code,)).seen(value, 0)
    assert (seen.text, seen.problem) == (SEEN[value, code], "")


@pytest.mark.parametrize(("value", "code"), REFUSED)
def test_a_format_that_shows_another_figure_is_refused(value: Any, code: str) -> None:
    assert Formats((code,)).seen(value, 0).problem == REFUSED[value, code]


@pytest.mark.parametrize("number", [14, 27, 28, 31, 57, 58])
def test_the_dates_of_chinese_excel_stand_in_no_file_and_are_dates(number: int) -> None:
    assert Formats((code_of(number, {}),)).seen(44773, 0).text == "2022-07-31"
    assert number == 14 or number in CHINESE_DATES


def test_where_the_formats_cannot_be_read_no_figure_is_given_out() -> None:
    unknown = Formats(None)
    assert unknown.seen(0.9, 3).problem == UNKNOWN
    assert unknown.seen(0.9, 0).problem == "", "the first style is the plain one"
