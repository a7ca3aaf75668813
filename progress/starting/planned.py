"""启用后各单位应报: what each unit will owe by a draft, reckoned without writing a plan.

The rules are those by which a plan is written (`tasks.intake.answering`) and by which a filing is
owed (`progress.periods.owed.duty_of`); a test holds both to what is owed after 启用.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from progress.periods.beginning import Begun
from progress.periods.owed import duty_of
from tasks.desk.correcting import DeskItem
from tasks.intake.answering import Answers, answering
from tasks.models import ResponsibilityRole
from tasks.reader.parsed import GROUP, UNIT, ParsedDesignation
from units.models import Unit, UnitGroup


@dataclass
class UnitOwes:
    """One unit's items by role, and its filings by 数据截至 of their period."""

    unit: Unit
    leads: int = 0
    projects: int = 0
    supports: int = 0
    filings: Counter[date] = field(default_factory=Counter)

    @property
    def year(self) -> int:
        return self.filings.total()


@dataclass(frozen=True)
class Planned:
    """`units` in the order of the directory; `days` are the 数据截至 on which something is owed."""

    units: Sequence[UnitOwes]

    @property
    def days(self) -> list[date]:
        return sorted({day for each in self.units for day in each.filings})

    @property
    def first(self) -> date | None:
        return next(iter(self.days), None)

    def on(self, day: date | None) -> int:
        """How many filings all units owe for one day."""
        return sum(each.filings[day] for each in self.units) if day is not None else 0

    @property
    def year(self) -> int:
        return sum(each.year for each in self.units)

    @property
    def roles(self) -> tuple[int, int, int]:
        """牵头, 实事责任, 配合 of all units together."""
        return (
            sum(each.leads for each in self.units),
            sum(each.projects for each in self.units),
            sum(each.supports for each in self.units),
        )


class Answering:
    """Who answers for the items of a draft, by the directory of today; three queries."""

    def __init__(self, issued_on: date) -> None:
        self._units = {unit.name: unit for unit in Unit.objects.all()}
        self._members = {
            group.name: list(group.members_on(issued_on)) for group in UnitGroup.objects.all()
        }

    def of(self, each: DeskItem) -> list[Answers[ParsedDesignation, Unit]]:
        named = each.item.designations
        return answering(named, self._units_of, is_aside=bool(each.aside))

    def _units_of(self, named: ParsedDesignation) -> Iterable[Unit] | None:
        if named.target == GROUP:
            return self._members.get(named.name, ())
        return [self._units[named.name]] if named.target == UNIT else None


def planned(
    items: Iterable[tuple[DeskItem, Sequence[Answers[ParsedDesignation, Unit]]]],
    periods: Sequence[Begun],
    issued_on: date,
) -> Planned:
    """`items` with who answers for them. What is owed begins with the notice's day."""
    days: Mapping[str, list[date]] = _days_by_cycle(periods, issued_on)
    found: dict[int, UnitOwes] = {}
    for each, answers in items:
        for answer in answers:
            own = found.setdefault(answer.unit.pk, UnitOwes(answer.unit))
            _count_role(own, answer.role, is_project=each.item.kind != "key_task")
            # no number is split among counties before the plan is there
            if duty_of(answer, has_share=False, has_own=False) is not None:
                own.filings.update(days.get(each.item.cycle, ()))
    in_order = sorted(found.values(), key=lambda own: (own.unit.ordinal, own.unit.pk))
    return Planned(in_order)


def _days_by_cycle(periods: Sequence[Begun], issued_on: date) -> dict[str, list[date]]:
    days: dict[str, list[date]] = {}
    for each in periods:
        if not each.is_before and each.spec.data_as_of >= issued_on:
            days.setdefault(each.spec.cycle, []).append(each.spec.data_as_of)
    return days


def _count_role(own: UnitOwes, role: str, *, is_project: bool) -> None:
    if role == ResponsibilityRole.SUPPORT:
        own.supports += 1
    elif is_project:
        own.projects += 1
    else:
        own.leads += 1
