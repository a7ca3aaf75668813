"""How an item stands against the period before."""

from __future__ import annotations

from progress.lights import Light

# Better first; what cannot be compared is in none of them.
ORDER = (
    frozenset({Light.DONE}),
    frozenset({Light.AHEAD}),
    frozenset({Light.ON_PACE}),
    frozenset({Light.SLOW}),
    frozenset({Light.LATE, Light.NOT_STARTED}),
)
BETTER, SAME, WORSE, NOT_COMPARED = "好转", "持平", "变差", "不作比较"
CHANGES = (BETTER, SAME, WORSE, NOT_COMPARED)


def change_of(before: str, now: str) -> str:
    """The word for the way from one light to the next."""
    was, is_now = _place(before), _place(now)
    if was is None or is_now is None:
        return NOT_COMPARED
    return SAME if was == is_now else BETTER if is_now < was else WORSE


def _place(light: str) -> int | None:
    return next((place for place, lights in enumerate(ORDER) if light in lights), None)
