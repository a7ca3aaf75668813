"""How well a style fits a source: who answers, what is left over, whether the numbers run on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tasks.reader.body.draft import Draft, DraftItem
from tasks.reader.letter import withdraws
from tasks.reader.styles.style import Style

_PART = 0.9  # what a part with units counts beside an item with units


def score(style: Style, draft: Draft, declared: Sequence[int]) -> float:
    """The higher the better; comparable among drafts of one source only."""
    items = draft.items
    if not items:
        return -1000.0
    parts: float = sum(each.has_units() for each in items)
    parts += sum(_PART for each in items for sub in each.subs if sub.has_units())
    heirs = [each for each in items if each.heading_roles is not None and not each.answers()]
    parts += _PART * len(heirs)
    taken_back = [each for each in items if not each.answers() and withdraws(each.text)]
    parts += len(taken_back)  # nobody answers for them, and they are items all the same
    without = sum(not each.answers() for each in items) - len(heirs) - len(taken_back)
    points = 3.0 * parts - (0.8 * without if parts else -1.0 * without)
    points -= 2.0 * draft.orphans
    points -= min(1.2 * gaps(items), 0.2 * len(items))  # a copy may be thinned and shuffled
    points -= sum(len(passage) for passage, reason in draft.unused if reason) / 60
    points -= sum(1.0 for each in items if not each.text)
    points -= 0.4 * sum(each.printed == "" and not draft.tables for each in items)
    points -= 0.5 * _mixed(items)
    points -= 2.5 * sum(_is_chapter(each) for each in items)
    if style.item is None:  # what is numbered has a style of its own
        points -= 0.3 * sum(each.printed != "" for each in items)
    if len(items) in declared:
        points += 3.0
    return points


def _is_chapter(item: DraftItem) -> bool:
    """一、经济发展, whose parts answer for themselves, most of them: no item but a heading."""
    is_wide = _look(item.printed) == "一" and not item.printed.startswith("第")
    own = sum(each.has_units() for each in item.subs)
    return is_wide and own > 1 and own > len(item.subs) / 2


def gaps(items: Sequence[DraftItem]) -> int:
    """How often a number is neither the next one nor the first one again."""
    count, last = 0, 0
    for each in items:
        if each.number is None:
            continue
        if each.number not in (last + 1, 1, last) and last:
            count += 1
        last = each.number
    return count


def _mixed(items: Sequence[DraftItem]) -> int:
    """Items whose numbers look unlike those of most others."""
    looks = Counter(_look(each.printed) for each in items)
    return len(items) - max(looks.values())


def _look(printed: str) -> str:
    head = printed[:1]
    if head.isdigit():
        return ")" if printed[-1:] in ")）" else "1"
    return (
        head if head in "(（第" and not printed[1:2].isdigit() else "(1)" if head in "(（" else "一"
    )
