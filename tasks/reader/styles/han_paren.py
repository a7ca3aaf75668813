"""Running text; 事项编号为（一）（二）（三）."""

from __future__ import annotations

from tasks.reader.markers import HAN_PAREN
from tasks.reader.styles.style import Style

STYLE = Style("han_paren", "事项编号为（一）（二）（三）", HAN_PAREN)
