"""How the cells of a printed sheet look: fonts by name, grid, fills. Pure."""

from __future__ import annotations

from copy import copy
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

BODY_FONT, HEAD_FONT = "仿宋", "黑体"
TONES = {  # ink and fill; those of the lights on the page
    "done": ("1D5A9E", "DCE9F6"),
    "ok": ("17713F", "DDF1E4"),
    "warn": ("855600", "FBEFC9"),
    "late": ("B0261C", "F9DDDA"),
    "idle": ("566473", "E9EDF1"),
}
FROM_TOP_TO_BOTTOM = 255  # Excel's word for it
_LINE = Side(style="thin", color="808080")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font": Font(name=HEAD_FONT, size=20)},
    "fact": {"font": Font(name=BODY_FONT, size=11)},
    "head": {
        "font": Font(name=HEAD_FONT, size=11),
        "border": _GRID,
        "fill": PatternFill("solid", fgColor="E5EFF9"),
    },
    "group": {
        "font": Font(name=HEAD_FONT, size=11),
        "border": _GRID,
        "fill": PatternFill("solid", fgColor="EEF2F6"),
    },
    "note": {"font": Font(name=BODY_FONT, size=10)},
    "body": {"font": Font(name=BODY_FONT, size=10.5), "border": _GRID},
}


def style_of(page: Any, look: str, align: str, tone: str, number_format: str, quoted: bool) -> Any:
    """The style record of cells of one look, to be shared by them; `tone` colours a judgement."""
    cell = WriteOnlyCell(page)
    for name, style in LOOKS[look].items():
        setattr(cell, name, style)
    vertical = "top" if look == "body" and align == "left" else "center"
    shrinks = number_format != "General"  # a figure that does not fit would print as ####
    cell.alignment = Alignment(
        horizontal="center" if align == "upright" else align,
        text_rotation=FROM_TOP_TO_BOTTOM if align == "upright" else 0,
        vertical=vertical,
        wrap_text=not shrinks and look != "title",
        shrink_to_fit=shrinks,
    )
    cell.number_format = number_format
    if tone:
        ink, fill = TONES[tone]
        cell.font = Font(name=BODY_FONT, size=10.5, bold=True, color=ink)
        cell.fill = PatternFill("solid", fgColor=fill)
    cell.quotePrefix = quoted
    return copy(cell._style)  # type: ignore[attr-defined]
