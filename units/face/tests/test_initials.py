"""The letters of names, without a dictionary."""

from __future__ import annotations

import pytest

from units.face.initials import has_initials, initials


@pytest.mark.parametrize(
    ("words", "letters"),
    [
        ("老旧小区", "ljxq"),
        ("公园游园与健身工程", "gyyyyjsgc"),
        ("“擦亮小城镇”行动", "clxczxd"),
        ("新增规上企业100家", "xzgsqy100j"),
        ("啊座", "az"),
        ("犇", "."),
        ("", ""),
    ],
)
def test_each_character_gives_its_letter(words: str, letters: str) -> None:
    assert initials(words) == letters


def test_it_agrees_with_the_dictionary_on_common_words() -> None:
    pypinyin = pytest.importorskip("pypinyin")
    words = "项目建设任务督查进展整改改造医院学校公路桥梁污水垃圾处理企业投资农业旅游文化体育"
    letters = pypinyin.lazy_pinyin(words, style=pypinyin.Style.FIRST_LETTER)
    assert initials(words) == "".join(letters)


@pytest.mark.parametrize(("typed", "is_found"), [("ljxq", True), ("xq", True), ("lx", False)])
def test_a_part_of_a_name_is_found(typed: str, is_found: bool) -> None:
    assert has_initials("老旧小区和背街小巷改造", typed) is is_found


def test_what_is_mostly_unknown_is_not_anything() -> None:
    assert not has_initials("犇犇犇工", "abcg")
