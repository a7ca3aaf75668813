"""A source to the plan that it describes: what is written to the database and printed as JSON."""

from __future__ import annotations

from tasks.reader.decisions import NOTHING, Decisions
from tasks.reader.directory import Directory
from tasks.reader.parsed import NoticeWarning, ParsedNotice, PlanHead
from tasks.reader.read import read
from tasks.reader.reading import Reading
from tasks.reader.sources.lines import Source, Unreadable
from tasks.reader.sources.text import from_text


def parse_notice(
    source: Source | str, directory: Directory, decisions: Decisions = NOTHING
) -> ParsedNotice:
    """Read a whole notice. Item and area order is the notice's own; numbers are as printed.

    Never raises on any content and never drops a character: what is not understood comes back as
    a warning with its line, text and reason.
    """
    if isinstance(source, str):
        try:
            source = from_text(source)
        except Unreadable as problem:
            return _nothing(str(problem))
    return notice_of(read(source, directory, decisions))


def notice_of(reading: Reading) -> ParsedNotice:
    """What a reading says, without where it stands."""
    warnings = [NoticeWarning(each.line, each.text, each.sentence) for each in reading.doubts]
    for each in reading.conventions:
        if each.said is not None and not each.is_confirmed:
            warnings.append(
                NoticeWarning(each.said.line, each.text, f"按原文约定读入：{each.sentence}")
            )
    return ParsedNotice(
        head=reading.head,
        headline=reading.headline,
        areas=reading.areas,
        items=reading.items,
        warnings=tuple(sorted(warnings, key=lambda each: each.line)),
        paragraphs=reading.paragraphs,
        unused=reading.unused,
        sections=reading.sections,
        columns=tuple(words for table in reading.tables for words in table.heads.values()),
    )


def _nothing(reason: str) -> ParsedNotice:
    return ParsedNotice(PlanHead(None, "", "", None), (), (), (), (NoticeWarning(1, "", reason),))
