"""A table copied cell by cell: each cell stands on a line of its own."""

from __future__ import annotations

from tasks.reader.layout.cell_lines import cells_by_line
from tasks.reader.markers import ARABIC
from tasks.reader.styles.style import Style

STYLE = Style("cell_lines", "表格，每格一行", ARABIC, cells_by_line, reads_text=False)
