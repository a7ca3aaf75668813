"""Where the plan begins and ends in its source; the rest is the letter around it."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.reader.body.entries import HEADING, ITEM, LETTER, PLAIN, ROLE, SECTION, SUB, TABLE, Entry
from tasks.reader.headings import looks_like_theme
from tasks.reader.letter import is_requirement
from tasks.reader.markers import HAN_PAREN, RANK


def body_flags(found: Sequence[Entry]) -> list[bool]:
    """For each entry whether it belongs to the plan. Tables always do."""
    proofs = [place for place in range(len(found)) if _is_proof(found, place)]
    flags = [each.kind == TABLE for each in found]
    segments = _segments(found)
    if not proofs and not any(flags):
        proofs = _best_guess(found, segments)
    if not proofs and not any(flags):
        return flags
    known = [*proofs, *(place for place, is_table in enumerate(flags) if is_table)]
    first = _start(found, min(known))
    for start, end in segments:
        inside = [place for place in known if start <= place < end]
        if inside:
            begin = max(start, first)
            if start > 0 and _breaks(found[start]) and found[start].kind != SECTION:
                begin = max(begin, _start(found, min(inside)))
            for place in range(begin, _end(found, max(inside), end)):
                flags[place] = True
        elif start >= first and found[start].kind == SECTION and _numbered(found, start, end) >= 2:
            flags[start:end] = [True] * (end - start)
    for place in range(len(found)):
        if found[place].forced in (HEADING, "theme", ITEM, "sub_item", ROLE):
            flags[place] = True
    return flags


def _is_proof(found: Sequence[Entry], place: int) -> bool:
    """An item or heading that says who answers, or whose next line does."""
    each = found[place]
    if each.kind in (ITEM, SUB, HEADING, PLAIN) and each.has_units():
        return True
    if each.kind == PLAIN and place + 1 < len(found) and found[place + 1].kind == ROLE:
        return True
    if each.kind not in (ITEM, SUB, HEADING):
        return False
    following = next(
        (e for e in found[place + 1 : place + 12] if e.kind != PLAIN or e.carriers), None
    )
    return following is not None and following.kind == ROLE and following.has_units()


def _breaks(entry: Entry) -> bool:
    return entry.is_landmark


def _segments(found: Sequence[Entry]) -> list[tuple[int, int]]:
    starts = [0, *(place for place, each in enumerate(found) if _breaks(each) and place)]
    return list(zip(starts, [*starts[1:], len(found)], strict=True))


def _numbered(found: Sequence[Entry], start: int, end: int) -> int:
    return sum(each.kind == ITEM for each in found[start:end])


def _best_guess(found: Sequence[Entry], segments: Sequence[tuple[int, int]]) -> list[int]:
    """Nothing says who answers: the part with most numbered items, the later of two."""
    best = max(segments, key=lambda cut: (_numbered(found, *cut), cut[0]), default=(0, 0))
    return [place for place in range(*best) if found[place].kind == ITEM]


def _start(found: Sequence[Entry], first: int) -> int:
    """From the first proof back over the headings and items that lead to it."""
    start = first
    ordinal: dict[str, int] = {}
    for place in range(first, -1, -1):
        each = found[place]
        if each.kind == SECTION:
            return place
        if each.kind == LETTER or (each.is_landmark and place < first):
            break
        if each.kind in (HEADING, ITEM, SUB):
            marker = each.marker
            if marker is not None:
                later = ordinal.get(marker.kind)
                if (
                    later is not None
                    and marker.number >= later
                    and not _restarts(found, place, first)
                ):
                    break
                ordinal[marker.kind] = marker.number
                if marker.kind == "han":
                    ordinal = {"han": marker.number}
            start = place
        elif each.kind == ROLE:
            continue
        elif each.kind == PLAIN and not looks_like_theme(each.text):
            break
        elif each.kind == PLAIN and place < first and _leads(found, place):
            start = place
    return start


def _restarts(found: Sequence[Entry], place: int, first: int) -> bool:
    """Whether numbers begin anew under a wider heading between two entries."""
    rank = found[place].rank
    return any(each.kind == HEADING and each.rank < rank for each in found[place + 1 : first + 1])


def _leads(found: Sequence[Entry], place: int) -> bool:
    """A short line right above a heading or an item of the plan, where no heading has a number."""
    if place + 1 >= len(found) or found[place + 1].kind not in (HEADING, ITEM, PLAIN):
        return False
    return not any(each.kind == HEADING and each.rank <= RANK[HAN_PAREN] for each in found[place:])


def _end(found: Sequence[Entry], last: int, end: int) -> int:
    """Items without units may follow the last proof; requirements do not belong to the plan."""
    for place in range(last + 1, end):
        each = found[place]
        if each.kind == HEADING and is_requirement(each.body.text):
            return place
        if each.kind == LETTER:
            return place if not _numbered(found, place, end) else end
    return end
