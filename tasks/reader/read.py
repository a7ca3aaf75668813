"""A source, the directory of units and what a person decided in; the reading out.

Pure: no database, no clock, no settings. Never raises on any source, never drops a character.
"""

from __future__ import annotations

from collections.abc import Sequence

from tasks.reader import decisions as decided
from tasks.reader.body.draft import Draft
from tasks.reader.body.entries import Entry, entries
from tasks.reader.body.flow import Flow
from tasks.reader.decisions import NOTHING, STYLE, Decisions
from tasks.reader.directory import Directory
from tasks.reader.finish.finishing import finish, front_of
from tasks.reader.head import declared_counts
from tasks.reader.layout.blocks import Block, blocks
from tasks.reader.layout.parted import parted
from tasks.reader.layout.repair import repaired
from tasks.reader.reading import Candidate, Reading
from tasks.reader.sources.lines import Source
from tasks.reader.styles.known import STYLES
from tasks.reader.styles.scoring import score
from tasks.reader.styles.style import Style


def read(source: Source, directory: Directory, decisions: Decisions = NOTHING) -> Reading:
    """The whole source by the style that fits best, or by the one that was decided on. The same
    source, directory and decisions give the same reading.
    """
    base = parted(blocks(source))
    # by the source alone: what is decided of one line does not change how the others are read
    tried = _tried(base, directory, decisions.only(decided.COLUMN, decided.TABLE))
    points = {
        style.name: score(style, draft, [count for count, _ in declared_counts(front_of(draft))])
        for style, draft in tried
    }
    best = max(tried, key=lambda each: points[each[0].name])
    wanted = decisions.get(STYLE)
    style, draft = next((each for each in tried if each[0].name == wanted), best)
    candidates = tuple(
        Candidate(
            each.name,
            each.title,
            len(made.items),
            sum(item.answers() for item in made.items),
            round(points[each.name], 2),
            each is style,
        )
        for each, made in sorted(tried, key=lambda one: -points[one[0].name])
    )
    if decisions.lines():
        draft = _draft(style, base, directory, decisions) or draft
    return finish(draft, source, directory, decisions, style=style.name, candidates=candidates)


def _tried(
    base: list[Block], directory: Directory, decisions: Decisions
) -> list[tuple[Style, Draft]]:
    """What each style makes of a source; at least one does."""
    put_right = repaired(base, directory, {})  # the same for all that read running text
    tried = [
        (style, draft)
        for style in STYLES
        if (draft := _draft(style, base, directory, decisions, put_right)) is not None
    ]
    if tried:
        return tried
    plain = Flow(entries(base, None, directory, {}), directory, {})
    return [(STYLES[0], plain.read())]


def _draft(
    style: Style,
    base: list[Block],
    directory: Directory,
    decisions: Decisions,
    put_right: list[Block] | None = None,
) -> Draft | None:
    """`put_right`: `base` without broken and glued lines, where that is known."""
    found = style.tables(base, directory) if style.tables is not None else base
    if found is None:
        return None
    lines = decisions.lines()
    forced = {
        line: kind == decided.GOES_ON
        for line, kind in lines.items()
        if kind in (decided.GOES_ON, decided.OWN)
    }
    is_known = put_right is not None and found == base
    whole = put_right if is_known and put_right else repaired(found, directory, forced)
    said = {k: v for k, v in lines.items() if k not in forced}
    columns = {
        key.rpartition(":")[0]: decisions.columns(key.rpartition(":")[0])
        for key in decisions.of(decided.COLUMN)
    }
    listed = entries(whole, style.item, directory, said)
    if style.tables is None and not _is_used(style, listed):
        return None
    numbers = style.item is not None
    return Flow(
        listed,
        directory,
        columns,
        decisions.options(),
        reads_text=style.reads_text,
        numbers=numbers,
    ).read()


def _is_used(style: Style, listed: Sequence[Entry]) -> bool:
    """Whether any paragraph is numbered as the items of this style are."""
    if style.item is None:
        return any(each.carriers for each in listed)
    return any(each.marker is not None and each.marker.kind == style.item for each in listed)
