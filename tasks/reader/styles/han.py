"""Running text; 事项编号为一、二、三、."""

from __future__ import annotations

from tasks.reader.markers import HAN
from tasks.reader.styles.style import Style

STYLE = Style("han", "事项编号为一、二、三、", HAN)
