"""Parts against their sum, and more finished than begun, within the text. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from huangshi_tasks.lib.text import number
from progress.quality.amounts import MEASURED, are_alike, base_of
from progress.quality.facts import Contradiction, Facts
from progress.quality.figures import doubt
from progress.quality.reading import Told, measure_of
from progress.quality.roles import Role

_REST_TOO = re.compile("其他|其余|各城区|余下")
_IN_ALL = re.compile("全市|共|累计|合计|总计")
_NOT_PARTS = (Role.TARGET, Role.PLANNED, Role.OTHER, Role.REST, Role.STARTED, Role.LAST)
_BUILT = re.compile("完工|竣工|建成")
_CAME = re.compile("受理|收到|接收|交办|转办|接报|受理件|收件")
_WENT = re.compile("办结|答复|办理完成|回复|化解|处置完成")


def checks(told: list[Told], facts: Facts) -> Iterator[Contradiction]:
    """Sums that do not come out, and orders that cannot be."""
    for _, group in groupby(told, key=lambda each: each.sentence):
        sentence = list(group)
        yield from _of_counties(sentence, facts)
        yield from _of_named(sentence)
        yield from _order(sentence, facts)
        yield from _settled(sentence)
    yield from _single_parts(told, facts)


def _of_counties(sentence: list[Told], facts: Facts) -> Iterator[Contradiction]:
    parts = [each for each in sentence if each.whose and each.role not in _NOT_PARTS]
    parts = [each for each in parts if not each.amount.is_share]
    if len(parts) < 2 or len({each.amount.base for each in parts}) > 1:
        return
    if len({each.whose for each in parts}) < len(parts):
        return
    yield from _compared(parts, sentence, facts, is_whole=_names_all(parts, sentence))


def _names_all(parts: list[Told], sentence: list[Told]) -> bool:
    """Whether the list claims to be complete: a rest among it, or the sum said behind it."""
    if any(_REST_TOO.search(each.before) for each in parts):
        return True
    later = [each for each in sentence if each.amount.start > parts[-1].amount.start]
    return any(_IN_ALL.search(each.before) and not each.whose for each in later)


def _compared(
    parts: list[Told], sentence: list[Told], facts: Facts, *, is_whole: bool
) -> Iterator[Contradiction]:
    whole, words, place = _whole_of(parts, sentence, facts)
    total = sum((each.amount.value for each in parts), Decimal(0))
    if whole is None or total == whole or (total < whole and not is_whole):
        return
    slack = sum((each.amount.quantum for each in parts), Decimal(0)) / 2
    if any(each.amount.fuzz for each in parts) or _is_near(total, whole, slack, parts):
        return
    unit = parts[0].amount.base
    other = f"各部分合计{number(total)}{unit}，{words}{number(whole)}{unit}"
    start = parts[0].amount.start - len(parts[0].before)
    yield Contradiction("sum", "", max(start, 0), parts[-1].amount.end, other, place)


def _is_near(total: Decimal, whole: Decimal, slack: Decimal, parts: list[Told]) -> bool:
    """What was rounded in each part may differ a little in the sum; counts may not."""
    return parts[0].amount.base in MEASURED and abs(total - whole) < slack


def _whole_of(
    parts: list[Told], sentence: list[Told], facts: Facts
) -> tuple[Decimal | None, str, str]:
    """The sum that the sentence says, else the figure of the form."""
    base = parts[0].amount.base
    for each in sentence:
        same = are_alike(each.amount.base, base)
        if each.role == Role.DONE and not each.whose and same and each not in parts:
            return each.amount.value, "总数写", ""
    measure = next((m for part in parts if (m := measure_of(part, facts)) is not None), None)
    if measure is None or measure.value is None or base_of(measure.unit)[0] != base:
        return None, "", ""
    return measure.value * base_of(measure.unit)[1], "填报", f"{measure.place}value"


def _of_named(sentence: list[Told]) -> Iterator[Contradiction]:
    """累计6000万元，其中中央资金3200万元、省级…: parts that are no counties."""
    for at, whole in enumerate(sentence):
        if whole.role != Role.DONE or whole.whose or whole.amount.is_share:
            continue
        parts = _behind(sentence[at + 1 :], whole)
        total = sum((each.amount.value for each in parts), Decimal(0))
        if len(parts) > 1 and total > whole.amount.value and not whole.amount.fuzz:
            unit = parts[0].amount.base
            other = f"其中各项合计{number(total)}{unit}，多于总数"
            start = parts[0].amount.start - len(parts[0].before)
            yield Contradiction("sum", "", start, parts[-1].amount.end, other)


def _behind(rest: list[Told], whole: Told) -> list[Told]:
    """The amounts behind 其中 that are listed with 、, of one kind, and no counties."""
    parts: list[Told] = []
    for each in rest:
        opens = not parts and each.before.lstrip().startswith("其中")
        goes_on = parts and each.is_listed
        if not (opens or goes_on) or each.whose or each.amount.base != whole.amount.base:
            break
        if re.search("完工|开工|在建", each.before):
            return []
        parts.append(each)
    return parts


def _order(sentence: list[Told], facts: Facts) -> Iterator[Contradiction]:
    """完工 above 开工: within the sentence, else above the figure of what is begun."""
    begun = {
        (each.at, each.amount.base): each
        for each in sentence
        if each.role == Role.STARTED and not each.whose
    }
    for each in sentence:
        if each.role != Role.DONE or each.whose or each.amount.is_share or each.amount.fuzz:
            continue
        if each.at is None and not _BUILT.search(each.before):
            continue  # of things that are no figure only what is said in so many words
        start = begun.get((each.at, each.amount.base))
        if start is None:
            yield from _above_figure(each, facts)
        elif each.amount.value > start.amount.value:
            yield doubt(each, "order", f"开工写{_written(start)}", "")


def _above_figure(told: Told, facts: Facts) -> Iterator[Contradiction]:
    measure = measure_of(told, facts)
    if measure is None or measure.started is None or not _BUILT.search(told.before):
        return
    if told.amount.value > measure.started * base_of(measure.unit)[1]:
        other = f"{measure.name}累计开工{number(measure.started)}{measure.unit}"
        yield doubt(told, "order", other, f"{measure.place}started")


def _settled(sentence: list[Told]) -> Iterator[Contradiction]:
    """受理27件，办结29件."""
    came: Told | None = None
    for each in sentence:
        has_gone = _WENT.search(each.before)
        if _CAME.search(each.before) and not has_gone:
            came = each
        elif has_gone and came is not None and _is_more(each, came):
            yield doubt(each, "order", f"受理写{_written(came)}", "")


def _is_more(one: Told, other: Told) -> bool:
    return one.amount.base == other.amount.base and one.amount.value > other.amount.value


def _written(told: Told) -> str:
    """The amount as the text writes it."""
    return f"{number(told.amount.value)}{told.amount.base}"


def _single_parts(told: list[Told], facts: Facts) -> Iterator[Contradiction]:
    """A county's amount against what the county filed."""
    for each in told:
        measure = measure_of(each, facts)
        if measure is None or not each.whose or each.role not in (Role.DONE, Role.UNSAID):
            continue
        worth = base_of(measure.unit)[1]
        for name, value in measure.parts:
            is_its = name[:2] in each.whose and each.amount.base == base_of(measure.unit)[0]
            if is_its and not each.amount.allows(value * worth):
                other = f"{name}{measure.name}为{number(value)}{measure.unit}"
                yield doubt(each, "sum", other, f"{measure.place}value")
