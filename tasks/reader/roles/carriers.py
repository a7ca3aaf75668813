"""Where in a paragraph roles are said: in a bracket, behind a label, in its last sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.reader.directory import Directory
from tasks.reader.passages import BLANK, Passage
from tasks.reader.roles import conventions
from tasks.reader.roles.deadlines import is_deadline
from tasks.reader.roles.grammar import is_label_only, verbal
from tasks.reader.roles.labels import BLANK_LABEL, LABEL
from tasks.reader.roles.units import are_units

ROUND_OPEN, ROUND_CLOSE = "(（", ")）"
SQUARE_OPEN, SQUARE_CLOSE = "[【［〔{｛", "]】］〕}｝"
_BEFORE_LABEL = f"{BLANK}。；;！!？?.．,，)）]】］〕—-－–"
_DASH = re.compile(r"[—–－-]{1,4}\s*$")
_TAIL = re.compile(
    r"(?:(?<=[。；;！!])|[,，]|^)\s*(?=由[^。；;！!]{2,200}?(?:牵头|负责|主办|配合))"
)
_VERBS = re.compile("牵头|配合|负责|主办|协办|落实|承办")
_BESIDE = re.compile("参与|参加|支持|协助|协同|联办|会同|联合")  # verbs of other sentences too
_STOP_END = re.compile(r"[。.；;\s]*$")
_LONGEST = 1500  # signs of one bracket
_LONGEST_PARAGRAPH = 12_000
_FAR = 200  # signs behind a bracket that say whether it is the last thing of its paragraph
_OPENING = re.compile(f"[{re.escape(ROUND_OPEN + SQUARE_OPEN)}]")


@dataclass(frozen=True, slots=True)
class Carrier:
    """`start:end` with its signs and the dash before it; `inner` what it says."""

    start: int
    end: int
    inner: Passage
    is_closed: bool = True
    is_bracket: bool = True


def find_carriers(text: Passage, directory: Directory) -> list[Carrier]:
    """All of one paragraph, in order. A label outside brackets reaches to the end. Of a paragraph
    that no notice has, only the beginning is looked at.
    """
    found: list[Carrier] = []
    text = text[:_LONGEST_PARAGRAPH]
    shown, at = text.text, 0
    closes = _closes(shown) if _OPENING.search(shown) else {}
    while at < len(shown):
        sign = shown[at]
        if sign in ROUND_OPEN + SQUARE_OPEN:
            carrier, at = _bracket(text, at, closes.get(at), directory, bool(found))
            if carrier is not None:
                found.append(carrier)
                if not carrier.is_bracket:
                    return found
            continue
        if _label_at(shown, at):
            found.append(_to_the_end(text, at))
            return found
        at += 1
    return found or _tail(text, directory)


def has_carrier(text: str, directory: Directory) -> bool:
    return bool(find_carriers(Passage(text), directory))


def starts_with_label(text: str) -> bool:
    """Whether a line begins with a role: 牵头单位：…, 【责任单位】…, （牵头单位：…."""
    plain = text.lstrip(BLANK + "—-－–●•·▪■◆◇○")
    if not plain:
        return False
    if plain[0] in ROUND_OPEN + SQUARE_OPEN:
        plain = plain[1:].lstrip(BLANK)
        return LABEL.match(plain) is not None
    return LABEL.match(plain) is not None or BLANK_LABEL.match(plain) is not None


def _bracket(
    text: Passage, at: int, close: int | None, directory: Directory, has_earlier: bool
) -> tuple[Carrier | None, int]:
    """The bracket that opens at `at` as a carrier, or None; and where to go on."""
    shown = text.text
    if close is None:
        inner = text[at + 1 : at + _LONGEST]
        is_roles = LABEL.match(inner.text.lstrip(BLANK)) is not None or (
            _VERBS.search(inner.text) is not None
            and verbal(inner, directory, strict=True) is not None
        )
        if is_roles:
            start = _dash_before(shown, at)
            return Carrier(start, len(shown), text[at + 1 :], is_closed=False), len(shown)
        return None, at + 1
    inner = text[at + 1 : close]
    if is_label_only(inner.text) and shown[at] in SQUARE_OPEN:
        return _to_the_end(text, at), len(shown)
    if _says_roles(inner, shown[close + 1 : close + _FAR], directory, has_earlier):
        return Carrier(_dash_before(shown, at), close + 1, inner), close + 1
    return None, (close + 1 if len(inner) < _LONGEST and not _opens(inner.text) else at + 1)


def _opens(inner: str) -> bool:
    return any(sign in inner for sign in SQUARE_OPEN + ROUND_OPEN)


def _closes(shown: str) -> dict[int, int]:
    """Opening sign → its end: a square bracket's next square end, else the round one that fits."""
    found: dict[int, int] = {}
    rounds: list[int] = []
    squares: list[int] = []
    for at, sign in enumerate(shown):
        if sign in ROUND_OPEN:
            rounds.append(at)
        elif sign in SQUARE_OPEN:
            squares.append(at)
            rounds.append(at)
        elif sign in SQUARE_CLOSE:
            found.update((each, at) for each in squares)
            squares = []
        elif sign in ROUND_CLOSE and rounds:
            opening = rounds.pop()
            while rounds and opening in found:
                opening = rounds.pop()
            found.setdefault(opening, at)
    return {opening: end for opening, end in found.items() if end - opening <= _LONGEST}


def _says_roles(inner: Passage, after: str, directory: Directory, has_earlier: bool) -> bool:
    words = inner.text
    if LABEL.match(words.lstrip(BLANK)):
        return True
    if any(_is_free(words, found.start()) for found in LABEL.finditer(words)):
        return True
    if _VERBS.search(words) and verbal(inner, directory, strict=False) is not None:
        return True
    is_last = _STOP_END.fullmatch(after) is not None or after.lstrip(BLANK + "。")[:1] in (
        *"(（[【",
    )
    if not is_last:
        return False
    if conventions.find(words) and len(words) < 60:
        return True
    if _BESIDE.search(words) and verbal(inner, directory, strict=True) is not None:
        return True
    if has_earlier and is_deadline(words):
        return True
    who, _, by_when = words.rpartition("；") if "；" in words else words.rpartition(";")
    if who and is_deadline(by_when):
        inner = inner[: len(who)]
    return are_units(inner, directory) and not words.strip(BLANK).isascii()


def _is_free(words: str, start: int) -> bool:
    return start == 0 or words[start - 1] in f"{BLANK};；。,，、"


def _dash_before(shown: str, at: int) -> int:
    dash = _DASH.search(shown[:at])
    return dash.start() if dash else at


def _label_at(shown: str, at: int) -> bool:
    if at > 0 and shown[at - 1] not in _BEFORE_LABEL:
        return False
    if LABEL.match(shown, at):
        return True
    return at == 0 and BLANK_LABEL.match(shown) is not None


def _to_the_end(text: Passage, at: int) -> Carrier:
    start = _dash_before(text.text, at)
    return Carrier(start, len(text), text[at:], is_bracket=False)


def _tail(text: Passage, directory: Directory) -> list[Carrier]:
    """…建设。由市发改委牵头，市财政局配合，6月底前完成。; …建设。——市发改委、市财政局."""
    for found in _TAIL.finditer(text.text):
        inner = text[found.end() :].strip(f"{BLANK}。；;")
        if verbal(inner, directory, strict=False) is not None:
            return [Carrier(found.start(), len(text), inner, is_bracket=False)]
    dash = re.search(r"[—–－]{1,4}\s*(?=[^—–－。]{2,200}$)", text.text.rstrip("。" + BLANK))
    if dash:
        inner = text[dash.end() :].strip(f"{BLANK}。")
        if are_units(inner, directory) or verbal(inner, directory, strict=True) is not None:
            return [Carrier(dash.start(), len(text), inner, is_bracket=False)]
    return []
