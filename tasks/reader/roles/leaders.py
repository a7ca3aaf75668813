"""The persons a notice names: 牵头领导, 责任领导, 责任人."""

from __future__ import annotations

import re

from tasks.reader.passages import BLANK, Passage
from tasks.reader.roles.units import cut

_POST = re.compile(
    r"(?:市|县|区|州|旗|镇|乡|局|主任|书记|部长|委员|常委|秘书|主席|院长|检察长|队长|总经理|董事长)(?:长|委|政府)?"
)
_ONLY_POST = re.compile(
    r"[\u4e00-\u9fff（）()]*(?:长|书记|主任|委员|常委|主席|院士|顾问|调研员|巡视员|经理|委员会)"
)
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{1,8})*(?:同志)?")


def split_leaders(printed: Passage) -> list[str]:
    """Names in order, without the blank inside a name; a post stays with its name."""
    names: list[str] = []
    for piece in cut(printed):
        parts = [each.text for each in cut(piece, by_blank=True)]
        if all(len(each) == 1 for each in parts):
            names.append("".join(parts))  # 李　江
            continue
        names.extend(_grouped(parts))
    return _with_posts(names)


def _with_posts(names: list[str]) -> list[str]:
    """市委常委、副市长, 张三 in a cell of several lines: the posts are those of the name below."""
    found: list[str] = []
    posts: list[str] = []
    for each in names:
        if _ONLY_POST.fullmatch(each):
            posts.append(each)
        elif posts and _NAME.fullmatch(each) and not _POST.search(each):
            found.append("、".join(posts) + each)
            posts = []
        else:
            found += [*posts, each]
            posts = []
    return found + posts


def _grouped(parts: list[str]) -> list[str]:
    """李　江 王五 → 李江, 王五; 副市长 张三 stays together."""
    found: list[str] = []
    for part in parts:
        before = found[-1] if found else ""
        is_half = len(part) == 1 and len(before) == 1
        has_post, had_post = bool(_POST.search(part)), bool(_POST.search(before))
        if is_half or (before and has_post != had_post):
            found[-1] += part
        else:
            found.append(part)
    return found


def are_leaders(text: str) -> bool:
    """Whether a cell names persons: 陈临川、赵　浦."""
    plain = re.sub(
        rf"(?<=[\u4e00-\u9fff])[{BLANK}]+(?=[\u4e00-\u9fff](?:[{BLANK}、,，]|$))", "", text
    )
    pieces = [each for each in re.split(rf"[{BLANK}、,，;；]+", plain) if each]
    return bool(pieces) and all(_NAME.fullmatch(each) and len(each) <= 4 for each in pieces)
