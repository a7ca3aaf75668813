"""What a style is: how the items of a notice are numbered, and how its tables are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tasks.reader.directory import Directory
from tasks.reader.layout.blocks import Block

Tables = Callable[[Sequence[Block], Directory], "list[Block] | None"]


@dataclass(frozen=True, slots=True)
class Style:
    """`title` is what a person chooses by. `item`: the marker of an item (see `markers`); None:
    a paragraph is an item where it says who answers. `tables` finds rows in text; it gives None
    where there are none, and the style is not tried. `reads_text`: whether paragraphs can be items.
    """

    name: str
    title: str
    item: str | None = None
    tables: Tables | None = None
    reads_text: bool = True
