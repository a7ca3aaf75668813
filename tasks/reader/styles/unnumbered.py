"""Running text; items bear no number: each paragraph that says who answers is one."""

from __future__ import annotations

from tasks.reader.styles.style import Style

STYLE = Style("unnumbered", "事项没有编号，每段一项")
