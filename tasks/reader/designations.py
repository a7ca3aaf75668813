"""The bracket behind an item: who leads, who supports, who is responsible."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.reader.directory import Directory
from tasks.reader.parsed import (
    KEY_TASK,
    LEAD,
    PRACTICAL_PROJECT,
    RESPONSIBLE,
    SUPPORT,
    UNKNOWN,
    ParsedDesignation,
)

_LEAD = ("牵头责任单位", "牵头单位", "牵头部门", "主办单位")
_SUPPORT = ("配合单位", "配合部门", "协办单位", "协同单位", "参与单位")
_RESPONSIBLE = ("责任单位", "责任部门", "承办单位")
_ROLE = (
    dict.fromkeys(_LEAD, LEAD)
    | dict.fromkeys(_SUPPORT, SUPPORT)
    | dict.fromkeys(_RESPONSIBLE, RESPONSIBLE)
)
_KNOWN_LABEL = "|".join(sorted(_ROLE, key=len, reverse=True))
_LABEL = re.compile(
    rf"(?P<label>{_KNOWN_LABEL})\s*[:：]|(?:^|(?<=[;；]))\s*(?P<strange>[^:：;；、,，]{{2,10}})[:：]"
)

_SQUARE_OPEN, _SQUARE_CLOSE = "[【［〔{｛", "]】］〕}｝"
_ROUND_OPEN, _ROUND_CLOSE = "(（", ")）"
_OPENING = re.compile(
    rf"[{re.escape(_SQUARE_OPEN + _ROUND_OPEN)}]\s*(?=(?:{_KNOWN_LABEL})\s*[:：])"
)
_SEPARATORS = "、,，"
_JOINED = re.compile("[和及与]")
_LONGEST_JOINED = 60


@dataclass(frozen=True, slots=True)
class Bracket:
    """Where the bracket stands: `inner_start:inner_end` without its signs, `end` behind them."""

    start: int
    inner_start: int
    inner_end: int
    end: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Reading:
    designations: tuple[ParsedDesignation, ...]
    reasons: tuple[str, ...]


def find_bracket(text: str) -> Bracket | None:
    """The first bracket that begins with a role, in whichever signs; None when there is none."""
    opening = _OPENING.search(text)
    if opening is None:
        return None
    start = opening.start()
    is_round = text[start] in _ROUND_OPEN
    close = None if is_round else _first(text, start + 1, _SQUARE_CLOSE)
    if close is None:
        close = _unmatched(text, start + 1)
    if close is None:
        return Bracket(start, start + 1, len(text), len(text), closed=False)
    return Bracket(start, start + 1, close, close + 1, closed=True)


def has_bracket(text: str) -> bool:
    return _OPENING.search(text) is not None


def bracket_closes(text: str) -> bool:
    found = find_bracket(text)
    return found is not None and found.closed


def _first(text: str, start: int, signs: str) -> int | None:
    return next((at for at in range(start, len(text)) if text[at] in signs), None)


def _unmatched(text: str, start: int) -> int | None:
    """The first closing round bracket without an opening one from `start` on."""
    depth = 0
    for at in range(start, len(text)):
        if text[at] in _ROUND_OPEN:
            depth += 1
        elif text[at] in _ROUND_CLOSE:
            if depth == 0:
                return at
            depth -= 1
    return None


def read_designations(inner: str, kind: str, directory: Directory) -> Reading:
    """Roles, names and doubts of a bracket's content. An unknown name stays as printed."""
    reasons: list[str] = []
    printed: dict[str, list[str]] = {LEAD: [], SUPPORT: [], RESPONSIBLE: []}
    parts = _parts(inner, reasons)
    labels = {label for label, _ in parts}
    for label, names in parts:
        role = _role(_ROLE[label], kind, labels, reasons, label)
        printed[role].extend(_names(names, directory, reasons))
    found = tuple(
        ParsedDesignation(role, order, name, *directory.resolve(name))
        for role, names in printed.items()
        for order, name in enumerate(names, start=1)
    )
    reasons.extend(
        f"单位名录中没有“{each.printed_name}”" for each in found if each.target == UNKNOWN
    )
    return Reading(found, tuple(reasons))


def _parts(inner: str, reasons: list[str]) -> list[tuple[str, str]]:
    """(label, names) in order; a strange label is reported with what follows it."""
    marks = list(_LABEL.finditer(inner))
    if marks and (before := inner[: marks[0].start()].strip()):
        reasons.append(f"括号开头有未识别的内容：{before}")
    parts = []
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        names = inner[mark.end() : following.start() if following else len(inner)]
        if mark["label"]:
            parts.append((mark["label"], names))
        else:
            reasons.append(f"责任类别“{mark['strange'].strip()}”未识别，未读入：{names.strip()}")
    return parts


def _role(role: str, kind: str, labels: set[str], reasons: list[str], label: str) -> str:
    """The role a label means in this kind of item.

    Practical projects know one role only (project 10 of 2022 prints 牵头单位 for it). Among key
    tasks 责任单位 beside a lead is the second role (黄政办发〔2021〕1号); alone it is the lead.
    """
    if kind == PRACTICAL_PROJECT and role != RESPONSIBLE:
        reasons.append(f"十件实事中写作“{label}”，按责任单位读入")
        return RESPONSIBLE
    if kind == KEY_TASK and role == RESPONSIBLE:
        meant = SUPPORT if any(_ROLE[each] == LEAD for each in labels) else LEAD
        reasons.append(
            f"重点工作中写作“{label}”，按{'配合' if meant == SUPPORT else '牵头'}单位读入"
        )
        return meant
    return role


def _names(text: str, directory: Directory, reasons: list[str]) -> list[str]:
    """Printed names, separated outside brackets only."""
    names: list[str] = []
    for raw in _split(text):
        name = raw.strip(" \t\u3000\xa0;；。.:：")
        clean = _without_stray_bracket(name)
        if clean != name:
            reasons.append(f"“{name}”多一个括号，按“{clean}”读入")
        if clean:
            names.extend(_joined(clean, directory))
    return names


def _split(text: str) -> list[str]:
    """Cut at separators, and at ; where no label follows, but never inside round brackets."""
    parts, depth = [""], 0
    for sign in text:
        depth += (sign in _ROUND_OPEN) - (sign in _ROUND_CLOSE and depth > 0)
        if sign in ";；" or (depth == 0 and sign in _SEPARATORS):
            parts.append("")
            depth = 0
        else:
            parts[-1] += sign
    return parts


def _without_stray_bracket(name: str) -> str:
    while name and (at := _unmatched(name, 0)) is not None:
        name = (name[:at] + name[at + 1 :]).strip()
    return name


def _joined(name: str, directory: Directory) -> list[str]:
    """市财政局和市审计局 printed as one: cut only when the directory knows both halves."""
    if len(name) <= _LONGEST_JOINED and not directory.knows(name):
        for joint in _JOINED.finditer(name):
            halves = [name[: joint.start()], name[joint.end() :]]
            if all(directory.knows(half) for half in halves):
                return halves
    return [name]
