"""Long tables of tests: every run takes some of their rows, `--slow` all."""

from collections.abc import Sequence
from typing import Any

import pytest


def sampled(rows: Sequence[Any], one_of: int) -> list[Any]:
    """All of `rows`, of which every run takes the first of each `one_of`; a tuple is several
    parameters.
    """
    return [
        pytest.param(
            *(row if isinstance(row, tuple) else (row,)),
            marks=[pytest.mark.slow] if place % one_of else [],
        )
        for place, row in enumerate(rows)
    ]
