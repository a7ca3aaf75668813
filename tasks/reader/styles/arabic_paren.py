"""Running text; 事项编号为（1）（2）（3）."""

from __future__ import annotations

from tasks.reader.markers import ARABIC_PAREN
from tasks.reader.styles.style import Style

STYLE = Style("arabic_paren", "事项编号为（1）（2）（3）", ARABIC_PAREN)
