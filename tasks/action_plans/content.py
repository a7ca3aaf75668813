"""What a 办理方案 plans, as plain values; and how that is kept as JSON in its versions.

JSON: `{"values": [[indicator, unit|null, ISO date, "figure"]], "shares": [[indicator, unit,
"figure"]], "milestones": [{"title", "due_on", "weight", "responsibility", "id"|null}], "needs":
[[designation, unit]]}`; all ids, all lists in a stable order. Only where somebody said so: of a
step `"commitment"`, the place of what it measures, and `"weights": [[indicator|null, weight]]` of
the rows of the item, null for all steps. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from huangshi_tasks.lib.text import plain

# indicator, unit (None: the city's), as of
ValueKey = tuple[int, int | None, date]
ShareKey = tuple[int, int]  # indicator, unit
Need = tuple[int, int]  # designation, unit


@dataclass(frozen=True)
class PlannedStep:
    """节点. `milestone_id` says which existing one it is; None is a new one."""

    title: str
    due_on: date
    weight: int
    responsibility_id: int
    milestone_id: int | None = None
    commitment: int | None = None  # the place of what it measures


@dataclass(frozen=True)
class Content:
    """The whole of one version."""

    values: Mapping[ValueKey, Decimal] = field(default_factory=dict)
    shares: Mapping[ShareKey, Decimal] = field(default_factory=dict)
    milestones: tuple[PlannedStep, ...] = ()
    needs: frozenset[Need] = frozenset()
    weights: Mapping[int | None, int] = field(default_factory=dict)  # other than 1

    @property
    def is_empty(self) -> bool:
        return not self.values and not self.milestones

    def course(self, indicator_id: int, unit_id: int | None) -> list[tuple[date, Decimal]]:
        """The planned values of one row, the earliest first."""
        return sorted(
            (day, value)
            for (indicator, unit, day), value in self.values.items()
            if indicator == indicator_id and unit == unit_id
        )

    def with_values(
        self, indicator_id: int, unit_id: int | None, values: Mapping[date, Decimal]
    ) -> Content:
        """One row replaced; an empty mapping takes it out."""
        kept = {key: v for key, v in self.values.items() if key[:2] != (indicator_id, unit_id)}
        new = {(indicator_id, unit_id, day): value for day, value in values.items()}
        return replace(self, values=kept | new)

    def with_share(self, indicator_id: int, unit_id: int, value: Decimal | None) -> Content:
        kept = {key: v for key, v in self.shares.items() if key != (indicator_id, unit_id)}
        new = {} if value is None else {(indicator_id, unit_id): value}
        return replace(self, shares=kept | new)

    def with_step(self, step: PlannedStep) -> Content:
        return replace(self, milestones=(*self.milestones, step))

    def with_needs(self, designation_id: int, unit_ids: Iterable[int]) -> Content:
        kept = {need for need in self.needs if need[0] != designation_id}
        return replace(self, needs=frozenset(kept | {(designation_id, pk) for pk in unit_ids}))


def to_json(content: Content) -> dict[str, Any]:
    """As it is stored."""
    values = [(i, u, day.isoformat(), plain(v)) for (i, u, day), v in content.values.items()]
    weights = sorted(([i, w] for i, w in content.weights.items()), key=lambda row: row[0] or 0)
    return {
        "values": sorted(map(list, values), key=lambda row: (row[0], row[1] or 0, row[2])),
        "shares": sorted([i, u, plain(v)] for (i, u), v in content.shares.items()),
        "milestones": [_step_to_json(step) for step in content.milestones],
        "needs": sorted([list(need) for need in content.needs]),
        **({"weights": weights} if weights else {}),
    }


def from_json(stored: Mapping[str, Any]) -> Content:
    """The inverse of `to_json`; an empty document is an empty content."""
    return Content(
        values={
            (i, u, date.fromisoformat(day)): Decimal(v) for i, u, day, v in stored.get("values", ())
        },
        shares={(i, u): Decimal(v) for i, u, v in stored.get("shares", ())},
        milestones=tuple(_step_from_json(step) for step in stored.get("milestones", ())),
        needs=frozenset((d, u) for d, u in stored.get("needs", ())),
        weights=dict(stored.get("weights", ())),
    )


def _step_to_json(step: PlannedStep) -> dict[str, Any]:
    return {
        "title": step.title,
        "due_on": step.due_on.isoformat(),
        "weight": step.weight,
        "responsibility": step.responsibility_id,
        "id": step.milestone_id,
        **({"commitment": step.commitment} if step.commitment is not None else {}),
    }


def _step_from_json(step: Mapping[str, Any]) -> PlannedStep:
    return PlannedStep(
        title=step["title"],
        due_on=date.fromisoformat(step["due_on"]),
        weight=step["weight"],
        responsibility_id=step["responsibility"],
        milestone_id=step["id"],
        commitment=step.get("commitment"),
    )
