"""What a bracket, a line under an item or a cell says: 牵头单位：A、B；C配合；12月底前完成."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tasks.reader.directory import Directory
from tasks.reader.passages import BLANK, Passage
from tasks.reader.roles import conventions
from tasks.reader.roles.deadlines import is_clause
from tasks.reader.roles.labels import (
    BLANK_LABEL,
    CONTACT,
    DEADLINE,
    LABEL,
    LEAD,
    LEADER,
    RESPONSIBLE,
    STRANGE,
    SUPPORT,
    field_found,
    field_of,
)
from tasks.reader.roles.leaders import split_leaders
from tasks.reader.roles.units import CLOSE, OPEN, looks_like_unit, split_names

EDGES = f"{BLANK};；。.:：,，、"
UNIT_FIELDS = frozenset({LEAD, SUPPORT, RESPONSIBLE})
_VERBS = {
    LEAD: "牵头(?:负责|落实|抓落实|办理|组织实施|实施|推进|组织|协调)?"
    "|主办|领办|主抓|总牵头|负总责",
    SUPPORT: "配合(?:落实|办理|实施|做好)?|协办|协助(?:落实|办理)?|协同(?:配合|落实)?"
    "|参与|参加|支持|联办",
    RESPONSIBLE: "(?:具体|组织|共同|分别|直接)?(?:负责|落实|承办|实施)(?:落实|实施|办理)?",
}
_VERB = re.compile(
    r"^(?:由|以|请)?(?P<names>.+?)(?:等(?:部门|单位)?)?(?:按照?(?:各自)?职责(?:分工)?|分别|共同|具体|密切|各负其责|分工)*"
    rf"(?P<verb>(?P<lead>{_VERBS[LEAD]})|(?P<support>{_VERBS[SUPPORT]})|(?P<responsible>{_VERBS[RESPONSIBLE]}))$"
)
_WITH = re.compile(r"会同|联合(?!会|社|国)")
_MARKED = re.compile(
    r"(?P<name>.+?)[(（](?:牵头|主办|主责|牵头单位|主办单位|牵头部门|为主|负总责)[)）]$"
)
_STARS = "★☆*＊※▲●"


@dataclass(frozen=True, slots=True)
class Assigned:
    """`names` are units as printed, or leaders; `text` is what stands there, for time limits."""

    field: str
    label: str
    names: tuple[Passage, ...]
    text: Passage


@dataclass(slots=True)
class Roles:
    """`odd`: what no rule took, with a reason. `spans` of conventions are taken by them."""

    assigned: list[Assigned] = field(default_factory=list)
    conventions: list[tuple[str, Passage]] = field(default_factory=list)
    odd: list[tuple[Passage, str]] = field(default_factory=list)

    def has_units(self) -> bool:
        return any(each.field in UNIT_FIELDS and each.names for each in self.assigned)

    def __bool__(self) -> bool:
        return bool(self.assigned)

    def add(self, other: Roles) -> None:
        self.assigned += other.assigned
        self.conventions += other.conventions
        self.odd += other.odd


def read_roles(
    printed: Passage, directory: Directory, default: str | None = None, label: str = ""
) -> Roles:
    """All that `printed` assigns. `default`: the field of what bears no label (that of the column,
    or of the bracket's kind); `label`: the words that said so.
    """
    roles = Roles()
    rest = _without_conventions(printed, roles)
    marks = _marks(rest, default)
    before = rest[: marks[0][0]] if marks else rest
    if before.strip(EDGES):
        _content(before.strip(EDGES), default, label, roles, directory)
    for (_, end, name, words), following in zip(marks, [*marks[1:], None], strict=False):
        content = rest[end : following[0] if following else len(rest)]
        _content(content.strip(EDGES), name, words, roles, directory)
    return roles


def _without_conventions(printed: Passage, roles: Roles) -> Passage:
    kept, at = [], 0
    for key, start, end in conventions.find(printed.text):
        if start < at:
            continue
        start = _opening_before(printed.text, start)
        roles.conventions.append((key, printed[start:end]))
        kept.append(printed[at:start])
        at = end
    if not kept:
        return printed
    rest = Passage()
    for piece in (*kept, printed[at:]):
        rest = rest + piece
    return rest


def _opening_before(text: str, start: int) -> int:
    """（列首位的为牵头单位）: the bracket goes with it."""
    before = text[:start].rstrip(BLANK)
    return len(before) - 1 if before.endswith(("(", "（")) else start


def _marks(text: Passage, default: str | None) -> list[tuple[int, int, str, str]]:
    """(start, end, field, words) of every label; field '' for one that nobody knows."""
    found = [
        (_from_bracket(text.text, each.start()), each.end(), field_found(each), _words(each[0]))
        for each in LABEL.finditer(text.text)
        if _stands_alone(text.text, each.start())
    ]
    if blank := BLANK_LABEL.match(text.text):
        found = [each for each in found if each[0] >= blank.end()]
        found.insert(0, (0, blank.end(), field_found(blank), _words(blank[0])))
    if default is None:
        taken = {start for start, *_ in found}
        for each in STRANGE.finditer(text.text):
            start = each.start("strange")
            if not any(first <= start < end for first, end, *_ in found) and start not in taken:
                found.append((start, each.end(), "", each["strange"]))
    return sorted(found)


def _from_bracket(text: str, start: int) -> int:
    """【责任单位】 begins at its bracket."""
    return start - 1 if start and text[start - 1] in "【[［〔" else start


def _words(label: str) -> str:
    return label.strip(f"{EDGES}】]］〕【[—-－–")


def _stands_alone(text: str, start: int) -> bool:
    """A label begins after a sign or a blank, not within a word."""
    return start == 0 or not ("\u4e00" <= text[start - 1] <= "\u9fff")


def _content(
    content: Passage, name: str | None, label: str, roles: Roles, directory: Directory
) -> None:
    if not content:
        return
    if name == "":
        roles.odd.append((content, f"责任类别“{label}”未识别，未读入：{content.text}"))
    elif name == LEADER:
        roles.assigned.append(Assigned(LEADER, label, _leader_passages(content), content))
    elif name == DEADLINE:
        roles.assigned.append(Assigned(DEADLINE, label, (), _one_line(content)))
    elif name == CONTACT:
        roles.assigned.append(Assigned(CONTACT, label, (), content))
    elif not _by_verbs(content, name, label, roles, directory):
        _units(content, name, label, roles, directory)


def _one_line(text: Passage) -> Passage:
    return text.without(re.compile(r"\s*\n\s*"))


def _leader_passages(content: Passage) -> tuple[Passage, ...]:
    """The leaders, each with the place of the whole; blanks inside names are gone."""
    return tuple(Passage(name, content.parts) for name in split_leaders(content))


def _units(
    content: Passage, name: str | None, label: str, roles: Roles, directory: Directory
) -> None:
    names: list[Passage] = []
    leads: list[Passage] = []
    for each in split_names(content, directory):
        if is_clause(each.text) and not directory.knows(each.text):
            roles.assigned.append(Assigned(DEADLINE, "", (), each))
        elif not re.search(r"[^\W\d_]", each.text):
            roles.odd.append((each, f"“{each.text}”不是单位名称，未读入"))
        elif marked := _MARKED.fullmatch(each.text):
            leads.append(each[: marked.end("name")])
        elif each.text[0] in _STARS:
            leads.append(each[1:])
        else:
            names.append(_unstrayed(each, roles))
    if name is None:
        if not all(looks_like_unit(each.text, directory) for each in names):
            roles.odd.append((content, f"未识别的内容：{content.text}"))
            return
        name = RESPONSIBLE
    if leads:
        roles.assigned.append(Assigned(LEAD, label, tuple(leads), content))
        name = SUPPORT if name == LEAD else name
    names = [each for each in names if each]
    if names:
        roles.assigned.append(Assigned(name, label, tuple(names), content))


def _unstrayed(name: Passage, roles: Roles) -> Passage:
    """Without a closing bracket that none opened."""
    clean = name
    while (at := unmatched(clean.text, 0)) is not None:
        clean = clean[:at] + clean[at + 1 :]
    if clean.text != name.text:
        roles.odd.append((Passage(), f"“{name.text}”多一个括号，按“{clean.text}”读入"))
    return clean.strip()


def unmatched(text: str, start: int) -> int | None:
    """The first closing round bracket without an opening one from `start` on."""
    depth = 0
    for at in range(start, len(text)):
        if text[at] in "(（":
            depth += 1
        elif text[at] in ")）":
            if depth == 0:
                return at
            depth -= 1
    return None


def clauses(text: Passage) -> list[Passage]:
    """Cut at commas, semicolons and stops outside brackets."""
    pieces, start, depth = [], 0, 0
    for at, sign in enumerate(text.text):
        depth += (sign in OPEN) - (sign in CLOSE and depth > 0)
        if depth == 0 and sign in ",，;；。\n":
            pieces.append(text[start:at])
            start = at + 1
    pieces.append(text[start:])
    return [each for each in (piece.strip(EDGES) for piece in pieces) if each]


def _by_verbs(
    content: Passage, name: str | None, label: str, roles: Roles, directory: Directory
) -> bool:
    """X牵头，Y配合，6月底前完成. Whether it is such a sentence."""
    found = verbal(content, directory, strict=name is None)
    if found is None:
        return False
    for each in found:
        roles.assigned.append(
            each if each.label else Assigned(each.field, label, each.names, each.text)
        )
    return True


def verbal(content: Passage, directory: Directory, *, strict: bool) -> list[Assigned] | None:
    """What the verbs of a text assign; None unless every clause says who or when.

    `strict`: names must look like units.
    """
    found: list[Assigned] = []
    waiting: list[Passage] = []
    for clause in clauses(content):
        if is_clause(re.sub(r"^(?:于|在)", "", clause.text)):
            found.append(Assigned(DEADLINE, "", (), clause))
            continue
        match = _VERB.fullmatch(clause.text)
        if match is None or (
            looks_like_unit(clause.text, directory) and directory.knows(clause.text)
        ):
            waiting.append(clause)
            continue
        role = next(each for each in _VERBS if match[each])
        if role == SUPPORT and waiting and not found:
            found.extend(_assigned(waiting, RESPONSIBLE, directory))  # X，Y参与: X leads
            waiting = []
        named = [*waiting, clause[match.start("names") : match.end("names")]]
        waiting = []
        found.extend(_assigned(named, role, directory))
    if not any(each.field in UNIT_FIELDS for each in found):
        return None
    if waiting:
        found.extend(_assigned(waiting, _left_over(found), directory))
    names = [name.text for each in found for name in each.names]
    if strict and not all(looks_like_unit(each, directory) for each in names):
        return None
    if any(len(each) > 40 for each in names):
        return None
    return _with_main(found)


def _assigned(names: Sequence[Passage], role: str, directory: Directory) -> Iterator[Assigned]:
    for part in names:
        joint = _WITH.search(part.text) if role != SUPPORT else None
        if joint and looks_like_unit(part.text[: joint.start()], directory):
            yield Assigned(role, "", tuple(split_names(part[: joint.start()], directory)), part)
            yield Assigned(SUPPORT, "", tuple(split_names(part[joint.end() :], directory)), part)
        else:
            yield Assigned(role, "", tuple(split_names(part, directory)), part)


def _left_over(found: Sequence[Assigned]) -> str:
    return SUPPORT if any(each.field == LEAD for each in found) else RESPONSIBLE


def _with_main(found: list[Assigned]) -> list[Assigned]:
    """X负责，Y配合: who answers beside supporters leads."""
    fields = {each.field for each in found}
    if LEAD in fields or SUPPORT not in fields:
        return found
    return [
        Assigned(LEAD, each.label, each.names, each.text) if each.field == RESPONSIBLE else each
        for each in found
    ]


_WHO = re.compile(
    "|".join(
        (
            r"单位",
            r"部门",
            r"牵头",
            r"配合",
            r"负责",
            r"主办",
            r"协办",
            r"承办",
            r"落实",
            r"局|委|办|政府|集团|公司|中心",
        )
    )
)


def has_unit_words(text: str) -> bool:
    """Whether a carrier may name units, and not only persons or days; quick."""
    return _WHO.search(text) is not None


def is_label_only(text: str) -> bool:
    """【牵头单位】."""
    return field_of(text) is not None
