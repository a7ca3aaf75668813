"""What a person has to look at, each with its places and the answers that solve it."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from huangshi_tasks.lib.fold import unified, without_hidden
from tasks.reader import decisions as decided
from tasks.reader.body.draft import REPORTING, Draft, DraftItem, demanded
from tasks.reader.decisions import ANSWERED, LINE, NAME, PLACE, Decision
from tasks.reader.directory import Directory
from tasks.reader.parsed import KEY_TASK, PlanHead
from tasks.reader.passages import Passage, Span
from tasks.reader.promised.quantities import unclear_figures
from tasks.reader.reading import Answer, Doubt
from tasks.reader.sources.lines import Source

_NEAR = 0.6
_MOST_NEAR = 3


def key_of(kind: str, place: Span | None, words: str = "") -> str:
    """Stays the same when the same source is read again."""
    where = f"{place.line}:{place.start}" if place is not None else "0:0"
    return f"{kind}@{where}@{words}" if words else f"{kind}@{where}"


def doubt(
    kind: str,
    sentence: str,
    passage: Passage,
    *,
    text: str | None = None,
    item: int | None = None,
    answers: Sequence[Answer] = (),
    is_small: bool = False,
    words: str = "",
) -> Doubt:
    """A doubt at one place; it can always be answered by 原文如此."""
    places = passage.spans()
    key = key_of(kind, places[0] if places else None, words)
    shown = passage.text if text is None else text
    stays = Answer("原文如此", Decision(ANSWERED, key, "as_printed"))
    return Doubt(kind, key, sentence, shown, places, (*answers, stays), item, is_small)


def of_place(passage: Passage) -> str:
    """The key of a decision about a stretch of text."""
    spans = passage.spans()
    if not spans:
        return "0:0:0"
    return f"{spans[0].line}:{spans[0].start}:{spans[-1].line}:{spans[-1].end}"


def demand_in(text: str) -> str:
    """The button that keeps a text as what is asked of everybody."""
    return "报送要求" if demanded(text) == REPORTING else "工作要求"


def unused(passage: Passage, reason: str, *, is_whole_line: bool) -> Doubt:
    """Text that is in nothing: what it can become."""
    about = LINE if is_whole_line else PLACE
    key = str(passage.line) if is_whole_line else of_place(passage)
    choices = [("也是一项", decided.ITEM), (demand_in(passage.text), decided.PLAN)]
    if is_whole_line:
        choices.append(("标题", decided.HEADING))
        choices.append(("上一行的内容", decided.GOES_ON))
    choices.append(("不采用", decided.UNUSED))
    is_reporting = demanded(passage.text) == REPORTING
    answers = [
        Answer(words, Decision(about, key, value), is_reporting and value == decided.PLAN)
        for words, value in choices
    ]
    return doubt("unused", reason, passage, answers=answers)


def unknown_names(
    unknown: Mapping[str, Sequence[Passage]], directory: Directory, whole: Mapping[str, str]
) -> Iterator[Doubt]:
    """One per name, however often it stands. `whole`: name → the brackets it stands in."""
    canonical = sorted({name for name, _ in directory.names.values()})
    for name, places in unknown.items():
        near = difflib.get_close_matches(name, canonical, _MOST_NEAR, _NEAR) if canonical else []
        likely = [each for each in near if _may_be(name, each)]
        answers = [
            Answer(f"= {each}", Decision(NAME, name, each), is_likely=likely == [each])
            for each in near
        ]
        answers.append(Answer("不是单位", Decision(NAME, name, "")))
        spans = tuple(span for each in places for span in each.spans())
        count = f"（{len(places)}处）" if len(places) > 1 else ""
        key = f"unknown_unit@{name}"
        yield Doubt(
            "unknown_unit",
            key,
            f"单位名录中没有“{name}”{count}",
            whole.get(name, name),
            spans,
            tuple(answers),
        )


def _may_be(name: str, unit: str) -> bool:
    """市发改局 for 市发改委, 市文旅局 for 市文化和旅游局; 市体育局 is not 市教育局."""
    shorter, longer = sorted((name, unit), key=len)
    rest = iter(longer)
    return name[:-1] == unit[:-1] or all(sign in rest for sign in shorter)


def unclear(passage: Passage, item: int | None) -> Iterator[Doubt]:
    """Figures with a separator in an odd place are read by a person."""
    for start, end, why in unclear_figures(passage.text):
        yield doubt("unclear_figure", f"{why}未读入为指标", passage[start:end], item=item)


def of_numbers(items: Sequence[DraftItem]) -> Iterator[Doubt]:
    """Numbers that are missing or stand twice, by kind; those that restart per chapter are fine."""
    for kind, word in ((KEY_TASK, "重点工作第{}项"), ("practical_project", "十件实事第{}件")):
        mine = [(at, each) for at, each in enumerate(items) if each.kind == kind and each.number]
        if not mine:
            continue
        if _restarts([each for _, each in mine]):
            yield from _of_chapters(mine, word)
            continue
        counts = Counter(each.number for _, each in mine)
        for at, each in mine:
            if counts[each.number] > 1:
                yield doubt(
                    "number_twice", f"{word.format(each.number)}编号重复", _place(each),
                    text=each.text, item=at,
                )  # fmt: skip
        highest = max(number for number in counts if number)
        gaps = sorted(set(range(1, min(highest, 2000) + 1)) - set(counts))
        if gaps:
            yield _gap(word, gaps, _before(gaps[0], mine))


def _place(each: DraftItem) -> Passage:
    return next((text for text in (*each.texts, *each.carriers) if text.parts), Passage())


def _before(number: int, mine: Sequence[tuple[int, DraftItem]]) -> tuple[int, DraftItem]:
    """The item behind which the number is missing; the first one where the first is missing."""
    behind = next((at for at, (_, each) in enumerate(mine) if (each.number or 0) > number), 1)
    return mine[max(behind - 1, 0)]


def _gap(word: str, gaps: Sequence[int], last: tuple[int, DraftItem]) -> Doubt:
    shown = "、".join(str(number) for number in gaps[:20])
    more = "等" if len(gaps) > 20 else ""
    return doubt("gap", f"{word.format(shown + more)}缺号", _place(last[1]), text="", item=last[0])


def _restarts(items: Sequence[DraftItem]) -> bool:
    """Whether every chapter begins with 1 again."""
    firsts = [
        each.number
        for before, each in zip([None, *items[:-1]], items, strict=True)
        if before is None or _chapter(before) != _chapter(each)
    ]
    return len(firsts) > 1 and sum(number == 1 for number in firsts) > len(firsts) / 2


def _chapter(each: DraftItem) -> tuple[int | None, str | None]:
    return (each.area.ordinal if each.area else None, each.theme)


def _of_chapters(mine: Sequence[tuple[int, DraftItem]], word: str) -> Iterator[Doubt]:
    last_area: object = None
    last, at_last = 0, mine[0]
    seen: set[int] = set()
    for at, each in mine:
        number = each.number or 0
        if _chapter(each) != last_area:
            last_area, last, seen = _chapter(each), 0 if number == 1 else number - 1, set()
        if number in seen:
            yield doubt(
                "number_twice",
                f"{word.format(number)}编号重复",
                _place(each),
                text=each.text,
                item=at,
            )
        elif number > last + 1:
            yield _gap(word, range(last + 1, number), at_last if last else (at, each))
        seen.add(number)
        last, at_last = number, (at, each)


def of_head(head: PlanHead, *, has_items: bool) -> Iterator[Doubt]:
    absent = (
        (head.year is None, "未找到年度"),
        (not head.title, "未找到标题"),
        (not head.document_number, "未找到文号"),
        (head.issued_on is None, "未找到成文日期"),
        (not has_items, "未找到任何事项"),
    )
    for is_absent, reason in absent:
        if is_absent:
            yield Doubt("head", f"head@{reason}", reason, head.title, ())


def of_signs(source: Source) -> Iterator[Doubt]:
    """Radicals in the place of characters (⻔ for 门), and signs that no screen shows."""
    text = source.text
    shown = unified(text)
    radicals = sum(meant != sign for meant, sign in zip(shown, text, strict=True))
    hidden = len(text) - len(without_hidden(shown))
    counted = ((radicals, "部首或兼容字形，已按所示汉字读入"), (hidden, "看不见的字符，已略去"))
    said = "；".join(f"{count}个{what}" for count, what in counted if count)
    if said:
        yield Doubt(
            "signs", "signs@", f"原文（可能从PDF复制）有{said}", "", (),
            (Answer("知道了", Decision(ANSWERED, "signs@", "seen")),), is_small=True,
        )  # fmt: skip


def of_declared(declared: Sequence[tuple[int, str]], items: Sequence[DraftItem]) -> Iterator[Doubt]:
    """The notice says how many items it has, and none of the counts agrees."""
    keys = sum(each.kind == KEY_TASK for each in items)
    subs = sum(len(each.subs) for each in items)
    agreeing = {len(items), keys, len(items) - keys, subs, len(items) + subs}
    if declared and items and not any(count in agreeing for count, _ in declared):
        count, words = max(declared)
        key = f"declared@{count}"
        yield Doubt(
            "declared", key, f"通知说{count}项，读到{len(items)}项", words, (),
            (Answer("原文如此", Decision(ANSWERED, key, "as_printed")),),
        )  # fmt: skip


def remarks(draft: Draft, at_of: Mapping[int, int]) -> Iterator[Doubt]:
    """What the reader noted on its way. `at_of`: id of a draft's item → its place."""
    for each in draft.remarks:
        item = at_of.get(id(each.item)) if each.item is not None else None
        yield doubt(
            each.kind,
            each.sentence,
            each.passage,
            text=each.text,
            item=item,
            is_small=each.is_small,
        )
