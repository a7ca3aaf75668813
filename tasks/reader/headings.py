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
_TITLE_WORDS = (
    r"(?:重点工作|实事|目标任务|工作任务|重点任务|工作目标|政府工作报告|工作报告|重点项目|任务)"
)
_TITLE_ENDS = (
    r"(?:分解|清单|方案|安排|台账|分工|一览|明细|意见|任务书|计划|汇总|落实意见"
    r"|[\u4e00-\u9fff]{0,8}(?:表|册|清单)|实事(?:项目|工程)?)"
)
_SECTION_TITLE = re.compile(
    r"(?!关于|印发|文件|附件|为|请|现将|根据|经)[^。;；:：\[]{0,40}"
    rf"{_TITLE_WORDS}[^。;；:：\[]{{0,20}}?{_TITLE_ENDS}(?:[(（][^()（）。]{{1,20}}[)）])?"
)
_PROJECTS_TITLE = re.compile(
    r"[^。;；:：,，\[]{0,20}(?:民生实事|[0-9一二三四五六七八九十]+件(?:民生)?实事)(?:项目|工程|清单)?"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """`split` is false when a theme seems to be glued on but no rule found where it begins."""

    title: str
    theme: str | None
    split: bool = True


def without_stop(text: str) -> str:
    """A title without its closing 。."""
    return text.strip().rstrip("。.．").strip()


def is_section_title(text: str) -> bool:
    """Whether a line is the title of a whole list: 2022年市政府重点工作责任分解表."""
    plain = re.sub(r"\s", "", text)
    if not 6 <= len(plain) <= 70:
        return False
    if _SECTION_TITLE.fullmatch(plain):
        return True
    return bool(_PROJECTS_TITLE.fullmatch(plain)) and re.search(r"\d{4}年", plain) is not None


def looks_like_theme(text: str) -> bool:
    """A short phrase without a comma, a colon or a figure, with or without its closing 。."""
    title = without_stop(text)
    return bool(_THEME.fullmatch(title)) and not _NO_THEME.search(title)


def heading_goes_on(so_far: str, line: str) -> bool:
    """Whether a line right under a heading is its rest, or its theme (split off later)."""
    if so_far.endswith("。"):
        return False
    if line.endswith("。") and not looks_like_theme(line):
        return so_far.endswith(("、", ",", "，"))  # a sentence of its own
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
