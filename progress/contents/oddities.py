"""What looks odd in a number or a text, beside the one before. Pure arithmetic under the checks."""

from decimal import Decimal
from difflib import SequenceMatcher
from itertools import pairwise
from statistics import median

JUMP_FACTOR = 3
FAR_BEYOND = Decimal("1.5")  # times the target of the year
SLIP_FACTORS = (1000, 10000)
HUNDREDTH = Decimal("0.01")  # 0.9 for 90%
FAR_RATE = 3  # times the last one, either way
SAME_TEXT = 0.9
SHARED_RUN = 4  # characters that a promise and its answer have in common at least


def slip_factor(value: Decimal, previous: Decimal | None, target: Decimal | None) -> int:
    """The factor by which `value` seems to be off, or 0."""
    reference = previous or target
    if not reference or reference < 0 or value <= 0:
        return 0
    for factor in SLIP_FACTORS:
        too_big = reference * factor <= value * 2 <= reference * factor * 4
        too_small = bool(previous) and value * factor <= reference * 2 <= value * factor * 4
        if too_big or too_small:
            return factor
    return 0


def rate_slip(value: Decimal, previous: Decimal | None, target: Decimal | None) -> Decimal | None:
    """What was meant where a percentage seems to be off by 100: 90 for 0.9 after 88, or None."""
    reference = previous or target
    if not reference or reference < 0 or value <= 0:
        return None
    readings = (value / HUNDREDTH, value * HUNDREDTH)
    return next((each for each in readings if reference <= each * 2 <= reference * 4), None)


def rate_jumps(value: Decimal, history: tuple[Decimal, ...]) -> bool:
    """Far from the last one: three times as much or a third; or three times the usual step, and a
    tenth of the last one at least.
    """
    if not history or not history[-1]:
        return False
    previous, change = history[-1], abs(value - history[-1])
    steps = [abs(after - before) for before, after in pairwise(history) if after != before]
    if len(steps) > 1 and change > JUMP_FACTOR * median(steps) and change * 10 >= abs(previous):
        return True
    low, high = sorted((abs(value), abs(previous)))
    return high > FAR_RATE * low


def jumps(value: Decimal, history: tuple[Decimal, ...]) -> bool:
    """More than three times the usual step; two steps at least make a habit."""
    steps = [after - before for before, after in pairwise(history) if after > before]
    return len(steps) > 1 and value - history[-1] > JUMP_FACTOR * median(steps)


def answers(progress: str, step: str) -> bool:
    """Whether the text comes back to an announced step: any four characters in common."""
    runs = (step[i : i + SHARED_RUN] for i in range(len(step) - SHARED_RUN + 1))
    return any(run in progress for run in runs)


def is_same(text: str, previous: str) -> bool:
    """Whether nine tenths of the text are the same as before."""
    text, previous = text.strip(), previous.strip()
    if not text or not previous:
        return False
    matcher = SequenceMatcher(None, text, previous, autojunk=False)
    return matcher.real_quick_ratio() >= SAME_TEXT and matcher.ratio() >= SAME_TEXT
