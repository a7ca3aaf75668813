import pytest

from huangshi_tasks.lib.numerals import chinese


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零"),
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (38, "三十八"),
        (99, "九十九"),
    ],
)
def test_a_number_is_spelled_as_a_chapter_is(number: int, words: str) -> None:
    assert chinese(number) == words


@pytest.mark.parametrize("number", [-1, 100])
def test_a_number_beyond_two_digits_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        chinese(number)
