"""The mobile number in what people write."""

import pytest

from huangshi_tasks.lib.telephones import mobile_in


@pytest.mark.parametrize(
    "written",
    [
        "13800138000",
        "138 0013 8000（办）/0714-6350000",
        "0714-6350000/13800138000",
        "6350000 13800138000",
        "１３８００１３８０００",
        "＋86-138-0013-8000",
        "+86 138 0013 8000",
        "（+86）13800138000",
        "008613800138000",
        "8613800138000",
        "013800138000",
        "13800138000、13900139000",
        "13800138000 13900139000",
        "手机：138·0013·8000（王某）",
        "\u202a138\u20110013\u20118000\u202c",
    ],
)
def test_the_mobile_number_is_found(written: str) -> None:
    assert mobile_in(written) == "13800138000"


@pytest.mark.parametrize(
    "written",
    ["", "示例", "0714-6350000", "1380013800", "138001380001", "12800138000", "420204199001011234"],
)
def test_what_is_no_mobile_number_is_none(written: str) -> None:
    assert mobile_in(written) == ""
