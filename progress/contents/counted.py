"""Findings on figures that are counted from a list of 子项. Pure.

Source: issue "The reporting month, complete", item 5: started and finished are counted from the
list. The count fills the form; a figure that differs is a warning, for a list may lag behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from huangshi_tasks.lib.text import number


@dataclass(frozen=True)
class Listed:
    """What the list says of one figure. `started` is None where starts are not filed."""

    value: Decimal
    verb: str = "完工"
    started: Decimal | None = None


@dataclass(frozen=True)
class Difference:
    """`column` is the field of the figure that differs from its list."""

    column: str
    sentence: str


def differences(
    name: str,
    unit_of_measure: str,
    value: Decimal | None,
    started: Decimal | None,
    listed: Listed | None,
) -> Iterator[Difference]:
    """Where a filed figure is not what the list counts; blanks are another finding's."""
    if listed is None:
        return
    for column, filed, counted, verb in (
        ("value", value, listed.value, listed.verb),
        ("started", started, listed.started, "开工"),
    ):
        if filed is None or counted is None or filed == counted:
            continue
        yield Difference(
            column,
            f"{name}填报{verb}{number(filed)}{unit_of_measure}，"
            f"子项清单为{number(counted)}{unit_of_measure}，请核对数字和清单，或说明。",
        )
