"""What a paper is made of: blocks in order. Pure data; how each looks is `reports.word.writing`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Masthead:
    """The red head of a numbered paper, with a red line below it."""

    name: str
    issue: str
    office: str
    day: str
    is_low: bool = False  # without the 35 mm above it: for papers of one page


@dataclass(frozen=True)
class Title:
    """小标宋 22 pt, centred; `is_small` 18 pt, for annexes and papers of one page."""

    text: str
    is_small: bool = False


@dataclass(frozen=True)
class Heading:
    """Level 1 in 黑体, level 2 in 楷体; the numeral is part of the text."""

    text: str
    level: Literal[1, 2] = 1


@dataclass(frozen=True)
class Paragraph:
    """Body text; `is_flush` without the indent (主送机关)."""

    text: str
    is_flush: bool = False
    align: Align | None = None


@dataclass(frozen=True)
class Line:
    """Facts side by side in small type, above a table or form."""

    parts: Sequence[str]


@dataclass(frozen=True)
class Attachments:
    """附件说明, one line below the body."""

    names: Sequence[str]


@dataclass(frozen=True)
class Signature:
    """署名 and 成文日期, four characters from the right edge."""

    office: str
    day: str


@dataclass(frozen=True)
class Imprint:
    """版记: 抄送, 印发机关 and 印发日期 between lines, in 14 pt; on a page of its own it stands at
    the foot.
    """

    copies: str
    office: str
    day: str
    is_at_foot: bool = False


@dataclass(frozen=True)
class Column:
    """`width` is relative to the other columns."""

    title: str
    width: float
    align: Align = "left"


@dataclass(frozen=True)
class Table:
    """A table with a head that repeats; rows do not split over pages."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    size: float = 10.5  # points

    @property
    def shares(self) -> list[int]:
        """The width of each column, in percent of the table, for the page that shows it."""
        total = sum(column.width for column in self.columns)
        return [round(100 * column.width / total) for column in self.columns]


@dataclass(frozen=True)
class Form:
    """A sheet to fill in: label and value in turn, a row may stand for one wide box.

    `heights` in mm, by row; 0 is as high as the text.
    """

    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    heights: Sequence[float] = ()
    size: float = 12


@dataclass(frozen=True)
class Sheet:
    """From here on a new page; `is_wide` is A4 across."""

    is_wide: bool = False


Block = (
    Masthead
    | Title
    | Heading
    | Paragraph
    | Line
    | Attachments
    | Signature
    | Imprint
    | Table
    | Form
    | Sheet
)


@dataclass(frozen=True)
class Paper:
    """A document; `day` is stamped into its properties, so that the same paper is the same bytes.

    `is_dense` sets body text in 12 pt on narrower margins: for what has to stand on one page;
    `is_wide` the same on A4 across.
    """

    title: str
    author: str
    day: date
    blocks: Sequence[Block] = field(default_factory=list)
    is_dense: bool = False
    is_wide: bool = False
