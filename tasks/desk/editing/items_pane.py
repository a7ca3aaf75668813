"""事项: the items as they stand, by 方面 and 小标题. Pure values that a template draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote, urlencode

from django.urls import reverse

from huangshi_tasks.lib import numerals
from huangshi_tasks.lib import text as chinese
from tasks.desk.content import Content, awaits_its_lead
from tasks.desk.correcting import DeskItem
from tasks.models import Comparator, Cycle, IndicatorKind, TaskKind, Tracking
from tasks.reader.parsed import KEY_TASK, UNKNOWN, ParsedIndicator
from tasks.reader.reading import Doubt

DOUBTFUL, AREA = "doubts", "area"
_SIGNS = {Comparator.GE: "≥", Comparator.LE: "≤", Comparator.EQ: "", Comparator.ABOUT: "约"}


class UnitChip(NamedTuple):
    name: str
    css: str


class ItemFace(NamedTuple):
    """All that the row of an item shows. `read_as`: what its place in the source is called."""

    key: str
    css_id: str
    address: str
    read_as: str
    kind: str
    number: int
    printed_number: str
    text: str
    units: tuple[UnitChip, ...]
    promises: str
    parts: int  # 分项
    meta: str
    leaders: str
    aside: str
    is_awaiting: bool  # 汇总牵头待定
    is_doubtful: bool
    is_changed: bool

    @property
    def code(self) -> str:
        return "重点" if self.kind == KEY_TASK else "实事"

    @property
    def label(self) -> str:
        return f"第{self.number}项" if self.kind == KEY_TASK else f"第{self.number}件"


class Group(NamedTuple):
    """Items that stand below one heading; `area` None: below none."""

    place: int
    title: str
    area: int | None
    area_title: str
    theme: str
    faces: tuple[ItemFace, ...]

    @property
    def key(self) -> str:
        """As a form about the heading calls it."""
        return f"{self.area}:{self.theme}"

    @property
    def area_key(self) -> str:
        """The same of its 方面."""
        return f"{self.area}:"

    @property
    def head(self) -> tuple[str, int | None, str]:
        """What tells it from the other headings."""
        return self.title, self.area, self.theme

    @property
    def css_id(self) -> str:
        return f"g-{self.place}"


class Chip(NamedTuple):
    value: str
    words: str
    total: int


class Wanted(NamedTuple):
    """What of the items is asked for: one of `chips_of` or area:<n>, and words."""

    shown: str = ""
    words: str = ""

    @property
    def query(self) -> str:
        """As the end of an address."""
        asked = {"show": self.shown, "q": self.words}
        return urlencode({name: value for name, value in asked.items() if value})


def address_of(content: Content, wanted: Wanted, key: str = "") -> str:
    """The page of the draft as it is asked for, with an item open."""
    asked = "&".join(filter(None, (wanted.query, f"item={quote(key, safe='')}" if key else "")))
    address = reverse("tasks:draft_items", args=[content.draft.pk])
    return f"{address}?{asked}#{css_id(key)}" if key else f"{address}?{asked}".rstrip("?")


def read_key(key: str) -> str:
    """By which both sides know an item: halves of one are the same in the source."""
    return key.partition("/")[0]


def css_id(key: str) -> str:
    """The id of an item's row in the page."""
    return f"it-{key.replace('/', '_')}"


def face_of(each: DeskItem, content: Content, wanted: Wanted, *, is_doubtful: bool) -> ItemFace:
    item = each.item
    due = chinese.day(item.deadline) if item.deadline else item.deadline_text or "12月31日"
    meta = f"{Tracking(item.tracking).label} · {Cycle(item.cycle).label} · {due}"
    return ItemFace(
        key=each.key,
        css_id=css_id(each.key),
        address=address_of(content, wanted, each.key),
        read_as=read_key(each.key),
        kind=item.kind,
        number=item.number,
        printed_number=_printed(each, content),
        text=item.text,
        units=tuple(_chips(each)),
        promises=_promises(each, content),
        parts=len(item.sub_items),
        meta=meta,
        leaders="、".join(item.leaders),
        aside=each.aside,
        is_awaiting=awaits_its_lead(each),
        is_doubtful=is_doubtful,
        is_changed=bool(each.changed),
    )


def _printed(each: DeskItem, content: Content) -> str:
    """The number of the notice, where the item has another one now."""
    read = content.reading.items[each.at]
    if "/" in each.key or read.number == each.item.number:
        return ""
    return read.printed_number or str(read.number)


def _chips(each: DeskItem) -> list[UnitChip]:
    chips = [
        UnitChip(
            one.printed_name if one.target == UNKNOWN else one.name,
            "bad" if one.target == UNKNOWN else "is-lead" if one.role != "support" else "",
        )
        for one in each.item.designations
    ]
    return chips if each.has_owner or chips or each.aside else [UnitChip("无责任单位", "bad")]


def _promises(each: DeskItem, content: Content) -> str:
    words = promises_of(each.item.indicators)
    return f"目标值待定（上年：{words}）" if content.owes_targets(each) else words


def promises_of(indicators: Sequence[ParsedIndicator]) -> str:
    """One in words, several counted."""
    if not indicators:
        return ""
    if len(indicators) > 1:
        return f"指标{len(indicators)}个"
    return f"指标 {indicators[0].name}{target_of(indicators[0])}"


def target_of(indicator: ParsedIndicator) -> str:
    """≥50个, 3—5座, 约30%."""
    figure = chinese.number(indicator.value)
    if indicator.upper is not None:
        figure = f"{figure}—{chinese.number(indicator.upper)}"
    sign = _SIGNS.get(Comparator(indicator.comparator), "")
    kind = "率" if indicator.kind == IndicatorKind.RATE and indicator.unit == "" else ""
    return f"{sign}{figure}{indicator.unit}{kind}"


def groups_of(content: Content, doubts: Sequence[Doubt], wanted: Wanted) -> list[Group]:
    """Those that are asked for, in the order of the notice; key tasks before projects."""
    doubtful = doubtful_items(doubts, content)
    titles = {area.ordinal: area.title for area in content.areas}
    chosen = [each for each in content.items if _is_wanted(each, wanted, doubtful)]
    chosen.sort(key=_order(content))  # what was moved stands with those where it is now
    groups: list[Group] = []
    for heading, mine in groupby(chosen, key=_heading):
        kind, area, theme = heading
        title = titles.get(area, "") if area is not None else ""
        faces = tuple(
            face_of(each, content, wanted, is_doubtful=each.key in doubtful) for each in mine
        )
        words = _title(kind, area, title, theme)
        groups.append(Group(len(groups), words, area, title, theme, faces))
    return groups


def _order(content: Content) -> Callable[[DeskItem], tuple[bool, int, int]]:
    areas = {area.ordinal: place for place, area in enumerate(content.areas)}
    themes = {
        (area.ordinal, theme): place
        for area in content.areas
        for place, theme in enumerate(area.themes)
    }

    def order(each: DeskItem) -> tuple[bool, int, int]:
        area, theme = each.item.area, each.item.theme or ""
        place = areas.get(area, -1) if area is not None else -1
        return each.item.kind != KEY_TASK, place, themes.get((area or 0, theme), -1)

    return order


def _heading(each: DeskItem) -> tuple[str, int | None, str]:
    return each.item.kind, each.item.area, each.item.theme or ""


def _title(kind: str, area: int | None, title: str, theme: str) -> str:
    if area is None:
        return TaskKind(kind).label
    words = f"{numerals.chinese(area)}、{title}" if area < 100 else title
    return f"{words} / {theme}" if theme else words


def doubtful_items(doubts: Sequence[Doubt], content: Content) -> set[str]:
    """Keys of the items that an open doubt is about."""
    found = {content.items[each.item].key for each in doubts if each.item is not None}
    names = {each.key.partition("@")[2] for each in doubts if each.kind == "unknown_unit"}
    for each in content.items:
        if any(
            one.target == UNKNOWN and one.printed_name in names for one in each.item.designations
        ):
            found.add(each.key)
    return found


def _is_wanted(each: DeskItem, wanted: Wanted, doubtful: set[str]) -> bool:
    if wanted.shown == DOUBTFUL and each.key not in doubtful:
        return False
    if wanted.shown in TaskKind.values and each.item.kind != wanted.shown:
        return False
    if wanted.shown.startswith(f"{AREA}:") and wanted.shown != f"{AREA}:{each.item.area}":
        return False
    return not wanted.words or wanted.words.casefold() in _searched(each)


def _searched(each: DeskItem) -> str:
    item = each.item
    units = " ".join(f"{one.name} {one.printed_name}" for one in item.designations)
    return f"{item.number} {item.text} {units} {item.short_title}".casefold()


def chips_of(content: Content, doubts: Sequence[Doubt]) -> list[Chip]:
    """全部, 有疑问, 重点工作, 十件实事."""
    kinds = [each.item.kind for each in content.items]
    return [
        Chip("", "全部", len(kinds)),
        Chip(DOUBTFUL, "有疑问", len(doubtful_items(doubts, content))),
        *(Chip(kind.value, kind.label, kinds.count(kind)) for kind in TaskKind if kind in kinds),
    ]


def area_chips(content: Content) -> list[Chip]:
    """One per 方面."""
    areas = [each.item.area for each in content.items]
    return [
        Chip(f"{AREA}:{each.ordinal}", each.title, areas.count(each.ordinal))
        for each in content.areas
    ]


class Changed(NamedTuple):
    """Rows and groups that look otherwise now; `is_list`: the headings are others too."""

    rows: tuple[ItemFace, ...] = ()
    groups: tuple[Group, ...] = ()
    is_list: bool = False


def changed(before: Sequence[Group], after: Sequence[Group]) -> Changed:
    """As little of the list as has to be drawn anew."""
    if [each.head for each in before] != [each.head for each in after]:
        return Changed(is_list=True)
    rows: list[ItemFace] = []
    groups: list[Group] = []
    for old, new in zip(before, after, strict=True):
        if [face.key for face in old.faces] != [face.key for face in new.faces]:
            groups.append(new)
            continue
        pairs = zip(old.faces, new.faces, strict=True)
        rows.extend(face for was, face in pairs if was != face)
    return Changed(tuple(rows), tuple(groups))
