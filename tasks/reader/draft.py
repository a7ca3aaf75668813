"""What has been read so far, while a notice is read from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass, field

from tasks.reader.lines import Block
from tasks.reader.parsed import (
    KEY_TASK,
    NoticeWarning,
    ParsedArea,
    ParsedIndicator,
    ParsedItem,
    ParsedNotice,
    PlanHead,
)

NO_HEAD = PlanHead(None, "", "", None)


@dataclass(slots=True)
class OpenArea:
    ordinal: int
    title: str
    themes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """`area` and `theme`: where the next item falls; `formula`: see `headings.shared_formula`."""

    formula: str
    kind: str = KEY_TASK
    head: PlanHead = NO_HEAD
    area: OpenArea | None = None
    theme: str | None = None
    areas: list[OpenArea] = field(default_factory=list)
    headline: list[ParsedIndicator] = field(default_factory=list)
    items: list[ParsedItem] = field(default_factory=list)
    warnings: list[NoticeWarning] = field(default_factory=list)
    known: set[int] = field(default_factory=set)

    def know(self, block: Block) -> None:
        self.known.update(block.lines)

    def warn(self, line: int, text: str, reason: str) -> None:
        self.warnings.append(NoticeWarning(line, text, reason))

    def open_area(self, ordinal: int, title: str) -> None:
        self.area = OpenArea(ordinal, title)
        self.areas.append(self.area)
        self.theme = None

    def close_area(self) -> None:
        self.area = None
        self.theme = None

    def open_theme(self, title: str) -> None:
        """A theme that comes again in the same chapter is the same theme."""
        self.theme = title
        if self.area is not None and title not in self.area.themes:
            self.area.themes.append(title)

    def notice(self) -> ParsedNotice:
        areas = tuple(
            ParsedArea(each.ordinal, each.title, tuple(each.themes)) for each in self.areas
        )
        return ParsedNotice(
            head=self.head,
            headline=tuple(self.headline),
            areas=areas,
            items=tuple(self.items),
            warnings=tuple(sorted(self.warnings, key=lambda each: each.line)),
            known_lines=frozenset(self.known),
        )
