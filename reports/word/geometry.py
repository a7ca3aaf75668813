"""The page of GB/T 9704-2012: A4, 版心 156 x 225 mm, 22 lines of 28 characters.

A character of 16 pt is a little too wide for 28 in 156 mm (448 pt of 442): each is set 0.25 pt
closer, as Word's own grid does. Lengths in mm, sizes in points.
"""

from __future__ import annotations

from dataclasses import dataclass

PAGE_WIDTH, PAGE_HEIGHT = 210, 297
TOP, BOTTOM, LEFT, RIGHT = 37, 35, 28, 26
FOOTER = 24  # the page number stands 7 mm below the text
BODY_SIZE, TITLE_SIZE, SMALL_TITLE_SIZE = 16.0, 22.0, 18.0
LINE = 28.95  # 22 of them in 225 mm
CLOSER = -5  # twentieths of a point
LINES, CHARACTERS = 22, 28


@dataclass(frozen=True)
class Look:
    """Margins and type of a whole paper."""

    margins: tuple[int, int, int, int]  # top, bottom, left, right
    body: float
    line: float
    closer: int
    is_wide: bool = False  # A4 across, all of it

    @property
    def page(self) -> tuple[int, int]:
        """Width and height in mm."""
        return (PAGE_HEIGHT, PAGE_WIDTH) if self.is_wide else (PAGE_WIDTH, PAGE_HEIGHT)

    @property
    def width(self) -> int:
        """Of the text, in mm."""
        return self.page[0] - self.margins[2] - self.margins[3]

    @property
    def height(self) -> int:
        """Of the text, in mm."""
        return self.page[1] - self.margins[0] - self.margins[1]

    @property
    def indent(self) -> int:
        """Two characters, in twentieths of a point."""
        return int(2 * (self.body * 20 + self.closer))


OFFICIAL = Look((TOP, BOTTOM, LEFT, RIGHT), BODY_SIZE, LINE, CLOSER)
DENSE = Look((18, 18, 20, 20), 12.0, 19.0, 0)
ACROSS = Look((16, 16, 18, 18), 12.0, 19.0, 0, is_wide=True)  # dense, turned
WIDE_MARGINS = (28, 26, 35, 37)  # the same page turned: binding at the top
