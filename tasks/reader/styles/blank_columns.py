"""A table copied row by row: its cells are parted by blanks."""

from __future__ import annotations

from tasks.reader.layout.blank_columns import parted_by_blanks
from tasks.reader.markers import ARABIC
from tasks.reader.styles.style import Style

STYLE = Style("blank_columns", "表格，各格以空格隔开", ARABIC, parted_by_blanks, reads_text=False)
