"""Who answers for an item, out of those whom the notice names: one rule for what is written to the
plan, and for what is only reckoned before it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from tasks.models import ResponsibilityRole
from tasks.naming.taking_on import STRENGTH
from tasks.reader.parsed import UNKNOWN, ParsedDesignation


class Named(Protocol):
    """A `Designation`, or one that was read and is not written."""

    @property
    def role(self) -> str: ...


D = TypeVar("D", bound=Named)
U = TypeVar("U", bound=Hashable)


@dataclass(frozen=True)
class Answers(Generic[D, U]):
    """One unit of an item; `is_primary`: 汇总牵头."""

    named: D
    unit: U
    is_primary: bool

    @property
    def role(self) -> str:
        return self.named.role


def first_named(named: Iterable[D]) -> D | None:
    """Whom the notice names first of those that lead: 汇总牵头."""
    leading = [each for each in named if each.role != ResponsibilityRole.SUPPORT]
    return min(leading, key=lambda one: STRENGTH[one.role], default=None)


def awaited(named: Sequence[ParsedDesignation]) -> str:
    """Why nobody is 汇总牵头 of an item with these names; "" where somebody is, or none leads."""
    first = first_named(named)
    if first is None or first.target != UNKNOWN:
        return ""
    return f"首位单位“{first.printed_name}”不在单位名录，汇总牵头待定"


def answering(
    named: Iterable[D],
    units_of: Callable[[D], Iterable[U] | None],
    *,
    is_aside: bool = False,
) -> list[Answers[D, U]]:
    """Each unit once, by the designation with the strongest role, strongest first. The first unit
    that leads is the primary one. Of an item that is 暂缓 nobody leads.

    `units_of` gives None for a name that nobody knows: where that stands first, 汇总牵头 is 待定
    and no other unit slips into its place.
    """
    listed = list(named)
    first = first_named(listed)
    is_open = first is not None and units_of(first) is None
    taken: set[U] = set()
    found: list[Answers[D, U]] = []
    for each in sorted(listed, key=lambda one: STRENGTH[one.role]):
        leads = each.role != ResponsibilityRole.SUPPORT
        if is_aside and leads:
            continue
        for unit in units_of(each) or ():
            if unit not in taken:
                taken.add(unit)
                is_primary = leads and not found and not is_open
                found.append(Answers(each, unit, is_primary=is_primary))
    return found
