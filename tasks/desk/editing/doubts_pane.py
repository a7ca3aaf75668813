"""Open doubts by kind, each with what solves it in place. Pure values that a template draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from tasks.desk import changes as said
from tasks.desk.content import Content
from tasks.desk.correcting import DeskItem
from tasks.desk.editing.items_pane import css_id
from tasks.desk.open_doubts import places_in
from tasks.models import DraftAct
from tasks.models.items import code_of
from tasks.reader import decisions as decided
from tasks.reader.parsed import KEY_TASK, UNKNOWN
from tasks.reader.reading import Doubt

NAMES, OWNERS, UNUSED, NUMBERS, TARGETS, SMALL, OTHER = (
    "names", "owners", "unused", "numbers", "targets", "small", "other",
)  # fmt: skip
# Heading of a group, and what its line says beside it.
GROUPS = {
    NAMES: ("单位未识别", "每个称谓答一次，各处一并处理"),
    OWNERS: ("无责任单位", "选择牵头单位，或暂缓并说明原因"),
    UNUSED: ("未采用文字", "每处都要回答：是事项、要求，还是不跟踪"),
    NUMBERS: ("编号缺号或重复", "重新编号，或答原文如此"),
    TARGETS: ("目标值待定", "改写事项中的数字，或采用上年的目标值；不处理的不计入台账"),
    OTHER: ("其他疑问", "对照原文处理"),
    SMALL: ("提示", "不影响启用，可以不处理"),
}
_GROUP_OF = {
    "unknown_unit": NAMES,
    "no_unit": OWNERS,
    "unused": UNUSED,
    "promise": UNUSED,
    "gap": NUMBERS,
    "number_twice": NUMBERS,
    "number_restarts": NUMBERS,
    "targets": TARGETS,
}
_MOST_NAMED = 4


class Button(NamedTuple):
    """An answer of the reader; `value` is what the form sends."""

    value: str
    words: str
    is_likely: bool


class Numbered(NamedTuple):
    """An item that can be given another number."""

    key: str
    label: str
    text: str
    number: int


class DoubtFace(NamedTuple):
    """`typed` and `errors`: what came back because it could not be carried out."""

    key: str
    kind: str
    name: str
    sentence: str
    text: str
    total: int
    where: str
    why: str
    lines: tuple[int, ...]
    item: str
    item_key: str
    buttons: tuple[Button, ...]
    numbered: tuple[Numbered, ...]
    typed: Mapping[str, Any]
    errors: Mapping[str, str]

    @property
    def is_name(self) -> bool:
        return self.kind == "unknown_unit"

    @property
    def told(self) -> list[str]:
        """What is wrong with what was typed."""
        return list(self.errors.values())

    @property
    def is_owner(self) -> bool:
        return self.kind == "no_unit"


class DoubtGroup(NamedTuple):
    """`total`: 处, as they are counted in the head of the page."""

    name: str
    title: str
    note: str
    total: int
    faces: tuple[DoubtFace, ...]


class Refused(NamedTuple):
    """An answer that could not be carried out: of which doubt, what was typed, what is wrong."""

    key: str
    typed: Mapping[str, Any]
    errors: Mapping[str, str]


NOTHING_REFUSED = Refused("", {}, {})


def doubt_groups(
    content: Content, doubts: Sequence[Doubt], refused: Refused = NOTHING_REFUSED
) -> list[DoubtGroup]:
    """Those with something in them, the dearest first."""
    found = []
    for name, (title, note) in GROUPS.items():
        mine = [each for each in doubts if _group_of(each) == name]
        if mine:
            if name == NAMES:
                note = f"{len(mine)}个称谓，{note}"
            faces = tuple(_face(each, content, refused) for each in mine)
            found.append(DoubtGroup(name, title, note, sum(map(places_in, mine)), faces))
    return found


def _group_of(doubt: Doubt) -> str:
    return SMALL if doubt.is_small else _GROUP_OF.get(doubt.kind, OTHER)


def _face(doubt: Doubt, content: Content, refused: Refused) -> DoubtFace:
    about = _items_about(doubt, content)
    is_refused = refused.key == doubt.key
    count = places_in(doubt)
    buttons = tuple(
        Button(each.words, f"{each.words}，{count}处" if _is_name(each.words) else each.words,
               each.is_likely)
        for each in doubt.answers
    )  # fmt: skip
    return DoubtFace(
        key=doubt.key,
        kind=doubt.kind,
        name=doubt.key.partition("@")[2] if doubt.kind == "unknown_unit" else "",
        sentence=doubt.sentence,
        text=doubt.text,
        total=count,
        where=_where_of(doubt, about),
        why=_why(doubt),
        lines=tuple(each.line for each in doubt.places[:1]),
        item=css_id(about[0].key) if about else "",
        item_key=about[0].key if about else "",
        buttons=buttons,
        numbered=_numbered(doubt, about),
        typed=refused.typed if is_refused else {},
        errors=refused.errors if is_refused else {},
    )


def _where_of(doubt: Doubt, about: list[DeskItem]) -> str:
    """A number that stands twice names its items itself; one that is missing is beside its item."""
    if doubt.kind == "number_twice":
        return ""
    where = _where(about)
    return f"{where}前后" if doubt.kind == "gap" and where else where


def _is_name(words: str) -> bool:
    return words.startswith("= ")


def _why(doubt: Doubt) -> str:
    likely = next((each for each in doubt.answers if each.is_likely), None)
    if doubt.kind != "unknown_unit" or likely is None:
        return ""
    name = doubt.key.partition("@")[2]
    return f"字面相近。采用后“{name}”记为别名，以后不再提示。"


def _items_about(doubt: Doubt, content: Content) -> list[DeskItem]:
    if doubt.kind == "unknown_unit":
        name = doubt.key.partition("@")[2]
        return [each for each in content.items if _names(each, name)]
    if doubt.kind == "number_twice":
        kind, _, number = doubt.key.partition("@")[2].partition(":")
        items = content.items
        return [e for e in items if (e.item.kind, str(e.item.number)) == (kind, number)]
    return [content.items[doubt.item]] if doubt.item is not None else []


def _names(each: DeskItem, name: str) -> bool:
    parts = [*each.item.designations, *(d for s in each.item.sub_items for d in s.designations)]
    return any(one.target == UNKNOWN and one.printed_name == name for one in parts)


def _where(items: Sequence[DeskItem]) -> str:
    """第17、21项等, 实事第9件."""
    named = items[:_MOST_NAMED]
    tasks = [str(each.item.number) for each in named if each.item.kind == KEY_TASK]
    projects = [str(each.item.number) for each in named if each.item.kind != KEY_TASK]
    words = [f"第{'、'.join(tasks)}项"] if tasks else []
    words += [f"实事第{'、'.join(projects)}件"] if projects else []
    return "，".join(words) + ("等" if len(items) > _MOST_NAMED else "")


def _numbered(doubt: Doubt, items: Sequence[DeskItem]) -> tuple[Numbered, ...]:
    if doubt.kind != "number_twice":
        return ()
    return tuple(
        Numbered(
            each.key, code_of(each.item.kind, each.item.number), each.item.text, each.item.number
        )
        for each in items
    )


def solved(acts: Iterable[DraftAct]) -> str:
    """What the green line says: 单位未识别3个称谓、未采用文字2处、更正5处."""
    counts = Counter(_solved_by(each) for each in acts)
    words = {
        NAMES: "单位未识别{}个称谓",
        UNUSED: "未采用文字{}处",
        NUMBERS: "原文如此{}处",
        OTHER: "更正{}处",
    }
    return "、".join(words[name].format(counts[name]) for name in words if counts[name])


def _solved_by(act: DraftAct) -> str:
    kinds = {row["about"] for row in act.changes}
    if decided.NAME in kinds:
        return NAMES
    if kinds & {decided.LINE, decided.PLACE}:
        return UNUSED
    if kinds <= {decided.ANSWERED, said.NUMBERING}:
        return NUMBERS
    return OTHER
