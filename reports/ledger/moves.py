"""Between two 定稿: what fell behind, what was closed, what was turned round. Pure.

An item is compared with itself at the newest 定稿 of the plan; one that has no newer judgement than
the others' last but one has not moved.
"""

from __future__ import annotations

from progress.states import Light

FELL, CLOSED, TURNED = "fell", "closed", "turned"
MOVES = {FELL: "新增滞后", CLOSED: "销号", TURNED: "扭转"}
BEHIND = frozenset({Light.SLOW, Light.LATE, Light.NOT_STARTED})
REACHED = frozenset({Light.AHEAD, Light.ON_PACE})


def move_of(before: str, now: str) -> str:
    """The way from one light to the next; empty when it is none of the three, or not comparable.

    新增滞后: late now and not before. 销号: done now and not before. 扭转: behind or not started
    before, and keeping pace now.
    """
    if not before or before == now:
        return ""
    if now == Light.LATE:
        return FELL
    if now == Light.DONE:
        return CLOSED
    return TURNED if before in BEHIND and now in REACHED else ""
