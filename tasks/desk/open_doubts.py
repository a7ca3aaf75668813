"""What somebody still has to look at: the doubts of the reading that the corrections did not
settle, and those that corrections make. Pure: what a draft says in, doubts out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from tasks.desk import changes as said
from tasks.desk.content import Content
from tasks.desk.correcting import DeskItem
from tasks.desk.stored import ROLES
from tasks.models.items import code_of
from tasks.reader.decisions import ANSWERED, Decision
from tasks.reader.parsed import KEY_TASK, UNKNOWN, ParsedItem
from tasks.reader.passages import Span
from tasks.reader.reading import UNIT, Answer, Doubt

_UNITS = frozenset(ROLES)
# of these every place is a case of its own; of the others all places together are one
_BY_PLACE = frozenset({"unknown_unit", "number_twice"})


def open_doubts(content: Content) -> tuple[Doubt, ...]:
    """In the order of the source, no key twice. `item` is the place in `content.items`."""
    answered = {each.key for each in content.changes if each.about == ANSWERED}
    found = [*_left_of_the_reading(content), *_of_items(content.items), *_of_numbers(content)]
    found.extend(_of_targets(content))
    found.extend(_new_names(content.items, {each.key for each in found}))
    kept = [each for each in found if each.key not in answered or each.kind in _NEVER_AS_PRINTED]
    return tuple(sorted(kept, key=lambda each: each.line))


def places_in(doubt: Doubt) -> int:
    """How many 处 it is; a name that goes on in the next line is one."""
    if doubt.kind not in _BY_PLACE:
        return 1
    spans = sorted(doubt.places, key=lambda each: (each.line, each.start))
    broken = sum(
        after.line == before.line + 1 and after.start == 0 and doubt.kind == "unknown_unit"
        for before, after in pairwise(spans)
    )
    return max(1, len(spans) - broken)


def left_to_do(doubts: Sequence[Doubt]) -> int:
    """还有n处待处理: small ones may stay open and are not counted."""
    return sum(places_in(each) for each in doubts if not each.is_small)


# --- those of the reading


def _left_of_the_reading(content: Content) -> Iterator[Doubt]:
    by_place = _where_items_are(content)
    for each in content.doubts:
        if each.kind in _MADE_HERE:
            continue
        if each.kind == "unknown_unit":
            yield from _name_left(each, content)
        elif each.kind == "declared":
            yield from _count_left(each, content)
        elif each.item is None:
            yield each
        else:
            at = by_place.get(each.item)
            if at is not None and not _is_settled(each, content.items[at]):
                yield replace(each, item=at)


def _where_items_are(content: Content) -> dict[int, int]:
    """Place in the reading → place on the desk; of a split item its first half."""
    places: dict[int, int] = {}
    for at, each in enumerate(content.items):
        places.setdefault(each.at, at)
    return places


def _is_settled(doubt: Doubt, each: DeskItem) -> bool:
    rule = _SETTLED.get(doubt.kind)
    return rule is not None and rule(doubt, each)


def _by_units(doubt: Doubt, each: DeskItem) -> bool:
    return bool(each.changed & _UNITS)


def _by_numbers(doubt: Doubt, each: DeskItem) -> bool:
    return "indicators" in each.changed or doubt.text not in each.item.text


_SETTLED: Mapping[str, Callable[[Doubt, DeskItem], bool]] = {
    "odd_role": lambda doubt, each: bool(each.changed & {*_UNITS, "leaders", "deadline_text"}),
    "open_bracket": _by_units,
    "several_brackets": lambda doubt, each: bool(each.changed & {*_UNITS, "text"}),
    "inherited": _by_units,
    "led_project": lambda doubt, each: bool(each.changed & {*_UNITS, "kind"}),
    "unclear_figure": _by_numbers,
    "bare_figure": _by_numbers,
    "no_number": lambda doubt, each: "number" in each.changed,
    "no_area": lambda doubt, each: each.item.area is not None or each.item.kind != KEY_TASK,
}


def _name_left(doubt: Doubt, content: Content) -> Iterator[Doubt]:
    """Its places in items that still name it; settled everywhere: none."""
    name = doubt.key.partition("@")[2]
    naming = {each.at for each in content.items if name in _unknown_in(each.item)}
    items = _items_of_units(content)
    places = tuple(each for each in doubt.places if items.get((each.line, each.start)) in naming)
    if naming:
        sentence = doubt.sentence.partition("（")[0] if "”（" in doubt.sentence else doubt.sentence
        yield replace(doubt, sentence=sentence, places=places or doubt.places[:1])


def _items_of_units(content: Content) -> dict[tuple[int, int], int | None]:
    """Where the name of a unit begins → the item of the reading."""
    return {
        (each.span.line, each.span.start): each.item
        for each in content.reading.spans
        if each.kind == UNIT
    }


def _unknown_in(item: ParsedItem) -> set[str]:
    named = [*item.designations, *(one for sub in item.sub_items for one in sub.designations)]
    return {each.printed_name for each in named if each.target == UNKNOWN}


def _count_left(doubt: Doubt, content: Content) -> Iterator[Doubt]:
    items = content.items
    keys = sum(each.item.kind == KEY_TASK for each in items)
    parts = sum(len(each.item.sub_items) for each in items)
    agreeing = {len(items), keys, len(items) - keys, parts, len(items) + parts}
    declared = content.reading.declared
    if declared not in agreeing:
        yield replace(doubt, sentence=f"通知说{declared}项，读到{len(items)}项")


# --- those of the items as they stand


def _of_items(items: Sequence[DeskItem]) -> Iterator[Doubt]:
    for at, each in enumerate(items):
        if not each.item.text.strip():
            yield _of_item(
                "no_text", f"{code_of(each.item.kind, each.item.number)}没有内容", at, each
            )
        named = [one for one in each.item.designations if one.role != "support"]
        if not named and not each.aside:
            yield _of_item("no_unit", "没有责任单位", at, each)


def _of_targets(content: Content) -> Iterator[Doubt]:
    """Of a draft that goes on from the year before: numbers that nobody has promised again."""
    for at, each in enumerate(content.items):
        if content.owes_targets(each):
            same = Answer("采用上年的目标值", Decision(said.TARGETS, each.key, "same"))
            shown = "、".join(one.source_text for one in each.item.indicators)
            doubt = _of_item("targets", "目标值是上年的，尚未确认", at, each)
            yield replace(doubt, text=shown, answers=(same,))


def _of_item(kind: str, sentence: str, at: int, each: DeskItem) -> Doubt:
    return Doubt(kind, f"{kind}@{each.key}", sentence, each.item.text, each.places, item=at)


def _new_names(items: Sequence[DeskItem], known: set[str]) -> Iterator[Doubt]:
    """Names that a person gave, or that only another source had."""
    found: dict[str, list[tuple[int, DeskItem]]] = defaultdict(list)
    for at, each in enumerate(items):
        for name in _unknown_in(each.item):
            found[name].append((at, each))
    for name, naming in found.items():
        key = f"unknown_unit@{name}"
        if key not in known:
            places = tuple(span for _, each in naming for span in each.places[:1])
            sentence = f"单位名录中没有“{name}”"
            yield Doubt("unknown_unit", key, sentence, name, places, item=naming[0][0])


# --- numbers


def _of_numbers(content: Content) -> Iterator[Doubt]:
    by_kind: dict[str, list[tuple[int, DeskItem]]] = defaultdict(list)
    for at, each in enumerate(content.items):
        by_kind[each.item.kind].append((at, each))
    for kind, mine in by_kind.items():
        yield from _twice(kind, mine)
    yield from _gaps(content)


def _twice(kind: str, mine: Sequence[tuple[int, DeskItem]]) -> Iterator[Doubt]:
    """One doubt per number; where every chapter begins anew, one for all of them."""
    by_number: dict[int, list[tuple[int, DeskItem]]] = defaultdict(list)
    for at, each in mine:
        by_number[each.item.number].append((at, each))
    repeated = {number: same for number, same in by_number.items() if len(same) > 1}
    if not repeated:
        return
    in_order = Answer("按原文顺序连续编号", Decision(said.NUMBERING, "", "running"))
    if len(repeated) > 1 and all(_in_different_areas(same) for same in repeated.values()):
        chapters = Answer("各方面分别编号", in_order.decision, is_likely=True)
        firsts = [each for same in repeated.values() for _, each in same]
        yield Doubt(
            "number_restarts",
            f"number_restarts@{kind}",
            "各方面的编号都从头开始",
            "",
            _first_places(firsts),
            (chapters,),
            mine[0][0],
        )
        return
    for number, same in sorted(repeated.items()):
        code = code_of(kind, number)
        yield Doubt(
            "number_twice",
            f"number_twice@{kind}:{number}",
            f"{code}编号重复",
            "",
            _first_places([each for _, each in same]),
            (in_order,),
            same[-1][0],
        )


def _in_different_areas(same: Sequence[tuple[int, DeskItem]]) -> bool:
    areas = Counter(each.item.area for _, each in same)
    return max(areas.values()) == 1


def _first_places(items: Sequence[DeskItem]) -> tuple[Span, ...]:
    return tuple(each.places[0] for each in items if each.places)


def _gaps(content: Content) -> Iterator[Doubt]:
    """缺号 of the notice, unless the number has come in since; a person's own are none."""
    numbered = content.changes
    if any(each.about == said.NUMBERING and each.value == "running" for each in numbered):
        return
    by_place = _where_items_are(content)
    for each in content.doubts:
        if each.kind != "gap" or each.item is None:
            continue
        kind = content.reading.items[each.item].kind
        before = _missing([one.number for one in content.reading.items if one.kind == kind])
        now = _missing([one.item.number for one in content.items if one.item.kind == kind])
        if not before or before & now:
            yield replace(each, item=by_place.get(each.item))


def _missing(numbers: Sequence[int]) -> set[int]:
    """Of numbers that go up to 2,000, as the reader counts; none where chapters begin anew."""
    return set(range(1, min(max(numbers, default=0), 2000) + 1)) - set(numbers)


_MADE_HERE = frozenset({"no_text", "no_unit", "number_twice", "gap"})
_NEVER_AS_PRINTED = frozenset({"no_text", "no_unit", "number_twice", "number_restarts", "targets"})
