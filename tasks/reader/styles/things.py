"""Running text; 事项编号为第一件、第二件."""

from __future__ import annotations

from tasks.reader.markers import THING
from tasks.reader.styles.style import Style

STYLE = Style("things", "事项编号为第一件、第二件", THING)
