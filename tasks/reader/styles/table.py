"""A table of cells, of | or of tabs: each row is an item; paragraphs are headings or letter."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.reader.directory import Directory
from tasks.reader.layout.blocks import Block, Table
from tasks.reader.markers import ARABIC
from tasks.reader.styles.style import Style


def tables(found: Sequence[Block], directory: Directory) -> list[Block] | None:
    """As they are, if there are any."""
    return list(found) if any(isinstance(each, Table) for each in found) else None


STYLE = Style("table", "表格，每行一项", ARABIC, tables, reads_text=False)
