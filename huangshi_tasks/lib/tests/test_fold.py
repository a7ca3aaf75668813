"""Text compared folded: what counts as the same, and what never does."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huangshi_tasks.lib.fold import fold, pattern, unified, without_hidden, words_of

SAME = [
    ("Zhang.San", "ｚｈａｎｇ．ｓａｎ"),
    ("市住建局", "\ufeff市住\u200b建\u00ad局\u2069"),
    ("开发区·铁山区", "开发区・铁山区"),
    ("开发区·铁山区", "开发区 • 铁山区"),
    ("开发区·铁山区", "开发区‧铁山区"),
    ("开发区·铁山区", "开发区･铁山区"),
    ("开发区·铁山区", "开发区铁山区"),
    ("长江门户", "⻓江⻔⼾"),
    ("金山黄石", "⾦⼭⻩⽯"),
    ("车马龙", "\uf902\u2ee2\u2ef0".replace("\uf902", "⻋")),
    ("立里", "\uf9f7\uf9e9"),
    ("你", "\U0002f804"),
    ("（市级）“三农”", '(市级)"三农"'),
    ("市 住　建\n局", "市住建局"),
]
SIGNS = st.text(  # no signs of several letters
    st.sampled_from('市住建局黄门长户AbＣ１2 　·・•‧\u200b\ufeff⻔⼾⾦\uf9e9𠮷䶮（(“"①ガéÉ\n')
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_looks_the_same_is_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert re.search(pattern(one), other, re.IGNORECASE)
    assert re.search(pattern(other), one, re.IGNORECASE)


@pytest.mark.parametrize("rare", ["𠮷", "䶮", "㙓", "﨎", "〇"])
def test_rare_characters_are_characters(rare: str) -> None:
    assert fold(rare) == rare
    assert unified(rare) == rare
    assert without_hidden(rare) == rare
    assert fold("吉") != fold("𠮷")


def test_every_radical_of_both_blocks_is_read_as_a_character() -> None:
    """Two signs of the supplement are nobody's: ⺀ and the one that is not assigned."""
    radicals = [*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6)]
    left = [chr(each) for each in radicals if unified(chr(each)) == chr(each)]
    assert left == ["\u2e80", "\u2e9a"]
    meant = "".join(unified(chr(each)) for each in radicals)
    assert len(meant) == len(radicals)  # one for one
    assert unicodedata.normalize("NFKC", meant.replace("\u2e80", "")) == meant.replace("\u2e80", "")


def test_words_stay_apart_where_blanks_part_them() -> None:
    assert words_of(" 市住建局　17　Ａ·Ｂ ") == ["市住建局", "17", "ab"]
    assert words_of("\u200b · ") == []


@given(SIGNS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unified(without_hidden(text))) == fold(text)


@given(st.text())
def test_any_text_can_be_folded(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert len(unified(text)) == len(text)


@given(SIGNS, SIGNS, SIGNS)
def test_a_pattern_finds_what_folding_finds(before: str, text: str, after: str) -> None:
    assert re.search(pattern(text), before + text + after, re.IGNORECASE)
