"""The words by which notices say who and when, and what each means."""

from __future__ import annotations

import re

LEAD, SUPPORT, RESPONSIBLE = "lead", "support", "responsible"
LEADER, DEADLINE, CONTACT, NOTE = "leader", "deadline", "contact", "note"

_PLACE = r"(?:(?:省|市|县|区|州|旗)(?:级|直|政府|委)*)?"
_BODY = r"(?:责任)?(?:单位|部门|科室|处室|股室|机构|主体|乡镇|镇街|街道|企业|地区|地方)"
_PEOPLE = r"(?:领导同志|领导|市长|县长|区长|州长|负责同志|负责人|责任人|同志)"
_PARTS: dict[str, tuple[re.Pattern[str], ...]] = {
    LEADER: (
        re.compile(
            rf"{_PLACE}(?:牵头|责任|分管|包抓|包联|包保|挂钩|联系|挂帅|挂点|主管|领衔|领办|督办|督导)"
            rf"{_PLACE}{_PEOPLE}"
        ),
        re.compile(rf"{_PLACE}(?:协管|主抓|负责|主要责任|第一责任){_PLACE}{_PEOPLE}"),
        re.compile(rf"{_PLACE}(?:领导|责任人|主要责任人|第一责任人|负责人)|领衔人|牵头人"),
    ),
    LEAD: (
        re.compile(
            rf"{_PLACE}(?:责任)?(?:总|第一|主要)?(?:牵头|主办|主责|领办|领衔){_PLACE}{_BODY}"
        ),
        re.compile(rf"牵头责任{_BODY}|第一责任(?:单位|部门)|{_PLACE}(?:牵头|主办)"),
    ),
    SUPPORT: (
        re.compile(
            rf"{_PLACE}(?:责任)?(?:主要|其他)?(?:配合|协办|协同|参与|参加|参办|协作|协助|支持|联办|会办)"
            rf"{_PLACE}{_BODY}"
        ),
        re.compile(rf"其他责任{_BODY}|{_PLACE}(?:配合|协办)"),
    ),
    RESPONSIBLE: (
        re.compile(
            rf"{_PLACE}(?:主要|具体|直接|工作)?(?:责任|承办|实施|落实|承担|完成|建设|主管|主体|执行|负责|承接)"
            rf"{_PLACE}{_BODY}"
        ),
        re.compile(rf"{_PLACE}责任(?:单位|部门|主体)及(?:配合|协办)(?:单位|部门)"),
        re.compile(r"责任(?:分工|科室|处室|股室|落实)|承办(?:单位|部门)?"),
    ),
    DEADLINE: (
        re.compile(
            r"(?:工作|任务|计划|办结|推进|整改|预计|要求|拟)?(?:完成)?(?:时限|期限|限时)(?:要求)?"
        ),
        re.compile(
            r"(?:计划|要求|预计|拟)?(?:完成|办结|落实|截止|竣工|完工)?(?:时间|日期)(?:要求|节点)?"
        ),
        re.compile(r"(?:推进|工作|进度)?时间(?:节点|要求|进度|安排)"),
        re.compile(r"进度(?:要求|安排|节点|时限|计划)|(?:完成)?节点"),
    ),
    CONTACT: (
        re.compile(r"(?:工作)?(?:联系人|联络员|联络人)(?:及(?:联系)?电话)?|联系(?:电话|方式)"),
    ),
}
_WORDS = {name: "|".join(each.pattern for each in parts) for name, parts in _PARTS.items()}
_FIELDS = {
    name: re.compile(rf"(?:{words})(?:\([^()]{{1,12}}\)|（[^（）]{{1,12}}）)?")
    for name, words in _WORDS.items()
}
# Blanks inside a head (牵 头 单 位) are no part of it; longer labels first, so that 牵头领导 wins.
ANY = "|".join(f"(?P<{name}>{words})" for name, words in _WORDS.items())
_COLON = r"\s*[:：]"
LABEL = re.compile(
    rf"(?:{ANY})(?:\([^()]{{1,12}}\)|（[^（）]{{1,12}}）)?(?:{_COLON}|\s*(?=[】\]］〕])[】\]］〕]\s*[:：]?|(?:为|是)\s*[:：]?(?=[^了什])|\s*[-—－–]{{1,2}})"
)
STRANGE = re.compile(r"(?:^|(?<=[;；。\n]))\s*(?P<strange>[\u4e00-\u9fff]{2,10})\s*[:：]")
# At the head of a line a label may stand without colon, parted by a blank.
BLANK_LABEL = re.compile(
    rf"(?:{ANY})(?:\([^()]{{1,12}}\)|（[^（）]{{1,12}}）)?[ \t\u3000\xa0]+(?=\S)"
)


def field_of(words: str) -> str | None:
    """What a label or the head of a column means, if it is one and nothing else."""
    plain = re.sub(r"[\s:：]", "", words)
    return next((name for name, shape in _FIELDS.items() if shape.fullmatch(plain)), None)


def field_found(found: re.Match[str]) -> str:
    """Which of the groups of `LABEL` matched."""
    return next(name for name in _WORDS if found[name] is not None)
