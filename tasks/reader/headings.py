"""Chapter headings and themes; the notices print themes glued to what stands before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# How a chapter title of a work plan ends ("…上攻坚突破"); what follows it in one line is a theme.
_CLOSING_FORMULA = re.compile(
    r"(?:攻坚突破|(?:实现|取得|求|谋|寻求)(?:新|更大|大)?突破|(?:走|干)在前列|(?:见|求|显)(?:新|真)?(?:成效|实效)"
    r"|(?:展现|彰显)新(?:作为|担当)|(?:迈上|再上)新台阶|下功夫)"
)
_THEME = re.compile(r"[\w\u201c\u201d\u2018\u2019\"'、·+&—-]{4,24}")
_NO_THEME = re.compile(
    r"时限|报送|联系|责任人|备注|附件|说明|完成时间|前完成|月底|年底|办公室|印发|抄送|单位|[0-9\uff10-\uff19]\s*[年月日号]"
)
_SHORTEST_SHARED = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """`split` is false when a theme seems to be glued on but no rule found where it begins."""

    title: str
    theme: str | None
    split: bool = True


def without_stop(text: str) -> str:
    """A title without its closing 。."""
    return text.strip().rstrip("。.．").strip()


def looks_like_theme(text: str) -> bool:
    """A short phrase without a comma, a colon or a figure, with or without its closing 。."""
    title = without_stop(text)
    return bool(_THEME.fullmatch(title)) and not _NO_THEME.search(title)


def heading_goes_on(so_far: str, line: str) -> bool:
    """Whether a line right under a heading is its rest, or its theme (split off later)."""
    if so_far.endswith("。"):
        return False
    return len(line) <= 24 or so_far.endswith(("、", ",", "，"))


def shared_formula(headings: Sequence[str]) -> str:
    """The phrase most chapter headings of a notice repeat, the one nearest to their ends; or ''."""
    if len(headings) < 3:
        return ""
    needed = -(-2 * len(headings) // 3)
    first, *_ = sorted(headings, key=len)
    best, best_place = "", 0.0
    for size in range(min(len(first), 12), _SHORTEST_SHARED - 1, -1):
        for start in range(len(first) - size + 1):
            phrase = first[start : start + size]
            places = [at + size for text in headings if (at := text.rfind(phrase)) >= 0]
            if len(places) < needed or re.search(r"[,，、;；]", phrase):
                continue
            place = sum(places) / len(places)
            if place > best_place:
                best, best_place = phrase, place
    return best


def split_heading(pieces: Sequence[str], formula: str) -> Heading:
    """Title and glued theme of one chapter heading.

    `pieces` are its lines without the ordinal, `formula` is what `shared_formula` found. Tried in
    turn: a closing formula of work plans, the notice's own formula, the line break.
    """
    whole = "".join(pieces)
    for end in _ends(whole, formula):
        title, theme = whole[:end], whole[end:]
        if not without_stop(theme):
            return Heading(without_stop(title), None)
        if looks_like_theme(theme):
            return Heading(title, without_stop(theme))
    if len(pieces) > 1 and looks_like_theme(pieces[-1]):
        return Heading(without_stop("".join(pieces[:-1])), without_stop(pieces[-1]))
    return Heading(without_stop(whole), None, split=not whole.endswith("。"))


def _ends(whole: str, formula: str) -> list[int]:
    ends = [found.end() for found in _CLOSING_FORMULA.finditer(whole)]
    if formula and formula in whole:
        ends.append(whole.rfind(formula) + len(formula))
    return ends
