"""Running text; 事项编号为1. 2. 3.."""

from __future__ import annotations

from tasks.reader.markers import ARABIC
from tasks.reader.styles.style import Style

STYLE = Style("arabic", "事项编号为1. 2. 3.", ARABIC)
