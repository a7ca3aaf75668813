"""How the cells of a sheet to fill look: what is open is coloured, what is locked is not. Pure."""

from __future__ import annotations

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

_LINE = Side(style="thin", color="9AA5B1")
GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
TITLE = Font(name="黑体", size=16)
ABOUT = Font(name="仿宋", size=11, color="44505C")
HEAD, BODY = Font(name="黑体", size=11), Font(name="仿宋", size=11)
HEAD_FILL = PatternFill("solid", fgColor="E5EFF9")
SHOWN_FILL = PatternFill("solid", fgColor="F3F5F7")
INPUT_FILL = PatternFill("solid", fgColor="FFFBE6")
BAD_FILL = PatternFill("solid", fgColor="F9DDDA")
BAD_FONT = Font(name="仿宋", size=11, color="B0261C", bold=True)
OPEN, SHUT = Protection(locked=False), Protection(locked=True)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
WRAPPED = Alignment(horizontal="left", vertical="top", wrap_text=True)
FIGURE = Alignment(horizontal="right", vertical="top")
