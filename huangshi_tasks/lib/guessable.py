"""How much of a password nobody guesses: what stands on a row of keys, years, names and everyday
words are taken out, and what is left is counted. Pure.
"""

import re
from collections.abc import Iterable

ROWS = (
    "1234567890",
    "!@#$%^&*()",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "1qaz",
    "2wsx",
    "3edc",
    "4rfv",
    "5tgb",
    "6yhn",
    "7ujm",
    "8ik,",
    "9ol.",
)
RUN = 3  # neighbours in a row that are no accident
YEAR = re.compile(r"(19|20)\d\d")
DOUBLED = re.compile(r"(.)\1")
REPEATED = re.compile(r"(.)\1{2,}")
LOOKS = str.maketrans("@4031$57!|", "aaoelsstii")
_EVERYDAY = """
    admin administrator root user guest test demo password passwd pass pwd mima
    login welcome iloveyou woaini woaizhongguo zhongguo china system xitong
    guanliyuan ducha duban duchashi dcs zhongdian gongzuo zdgz zdgzdc shishi zhengfu
"""
WORDS = frozenset(_EVERYDAY.split())
SHORTEST = 3  # letters of a name that count; two are in many words


def left_over(password: str, names: Iterable[str] = ()) -> str:
    """What is left of `password`, case folded, when all that is guessed is taken out; `names` are
    those of the place: units and their initials, the city, the product.
    """
    known = sorted(WORDS | {name for name in names if len(name) >= SHORTEST}, key=len, reverse=True)
    plain = _without(password.casefold(), known)
    spelled = _without(plain.translate(LOOKS), known)
    undoubled = _without(DOUBLED.sub(r"\1", password.casefold()), known)
    return min(plain, spelled, undoubled, key=len)


def _without(text: str, known: list[str]) -> str:
    for word in known:
        text = text.replace(word, "\0")
    text = YEAR.sub("\0", text)
    text = REPEATED.sub("\0", text)
    return _without_runs(text).replace("\0", "")


def _without_runs(text: str) -> str:
    kept: list[str] = []
    place = 0
    while place < len(text):
        length = max(_run(text, place, row) for row in (*ROWS, *(row[::-1] for row in ROWS)))
        if length < RUN:
            kept.append(text[place])
        place += length if length >= RUN else 1
    return "".join(kept)


def _run(text: str, place: int, row: str) -> int:
    """How far `text` follows `row` from `place` on."""
    start = row.find(text[place])
    if start < 0:
        return 1
    length = 1
    while (
        place + length < len(text)
        and start + length < len(row)
        and text[place + length] == row[start + length]
    ):
        length += 1
    return length
