"""All styles, in the order in which equal ones are proposed. A new one is added to this list."""

from __future__ import annotations

from tasks.reader.styles import (
    arabic,
    arabic_paren,
    blank_columns,
    cell_lines,
    han,
    han_paren,
    table,
    things,
    unnumbered,
)

STYLES = (
    arabic.STYLE,
    table.STYLE,
    things.STYLE,
    han_paren.STYLE,
    cell_lines.STYLE,
    blank_columns.STYLE,
    han.STYLE,
    arabic_paren.STYLE,
    unnumbered.STYLE,
)
NAMES = tuple(each.name for each in STYLES)
