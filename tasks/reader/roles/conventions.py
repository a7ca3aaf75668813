"""Sentences of a notice that say how its roles are to be read: 列第一位者为牵头单位，下同."""

from __future__ import annotations

import re

FIRST_LEADS = "first_leads"
EVERYBODY = "everybody"

_FIRST = re.compile(
    r"(?:(?:排|列|居|位列|排列)(?:在)?(?:第一位?|首位|首|前|最前)(?:位)?的?(?:者|单位|部门|责任单位)?|第一(?:个|位)?(?:责任)?(?:单位|部门)|(?<=单位)(?:中|里|的)?第一[个位家](?=的?(?:为|是|即为|系|作为))|首位(?:单位|部门)?|排名第一的?(?:单位|部门)?)(?:的?(?:单位|部门|者))?(?:均|分别)?(?:为|是|即为|作为|系)?(?:该项工作的?|该项任务的?|主要|总)?(?:牵头|主办|主责|负总责|总负责)(?:责任)?(?:单位|部门)?"
)
_ALL = re.compile(
    r"(?:各县|各乡镇|各镇|各区|各地|各街道|县\(?市?、?区).{0,20}(?:均|都)(?:须|需|要|应)?(?:抓好)?(?:落实|负责|为责任单位)"
)
_REST = re.compile(r"[\s,，;；。.、]*(?:下同|以下同|其他类推|下同此)?[)）]?[\s,，;；。.、]*")
_BEFORE = re.compile(
    r"(?:责任单位|多个责任单位的?|有多个.{0,8}的|以上|其中|注|说明|牵头单位为两个以上的)?[\s,，:：]*"
)


def find(text: str) -> list[tuple[str, int, int]]:
    """(key, start, end) of every convention in a text, with 下同 and the signs around it."""
    found = []
    for key, shape in ((FIRST_LEADS, _FIRST), (EVERYBODY, _ALL)):
        for match in shape.finditer(text):
            rest = _REST.match(text, match.end())
            end = rest.end() if rest else match.end()
            if end < len(text) and text[end - 1] in ",，;；、":
                end -= 1  # it parts what stands before from what follows
            found.append((key, match.start(), end))
    return sorted(found, key=lambda each: each[1])


SENTENCES = {
    FIRST_LEADS: "只写“责任单位”时，列第一位的为牵头单位",
    EVERYBODY: "各县（市、区）对各项任务均有落实责任",
}
