"""Rows of a prepared query by ids and days, any of which may be left out. A tuple of ids stands
behind `__in`.

    @prepared_rows
    def _newest(plan_id: int, unit_id: int | None) -> QuerySet[Any, Any]:
        found = TaskPeriod.objects.filter(task__plan=plan_id)
        if unit_id is not None:
            found = found.filter(task__responsibilities__unit=unit_id)
        return found.values_list("task_id", "light")

    _newest(3, None)

The text is made once for each choice of what is left out; the function may ask of a value only
whether it is None. `@remembered_rows(FINALIZED)` also remembers what came back, as `prepared` does
with topics.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from inspect import signature
from typing import Any

from django.db.models import DateField, Field, IntegerField, QuerySet

from units.asking.prepared import Many, Prepared

Row = tuple[Any, ...]
Value = int | date | tuple[int, ...] | None


class prepared_rows:  # noqa: N801  # a decorator
    """See above."""

    def __init__(
        self, says: Callable[..., QuerySet[Any, Any]], topics: tuple[str, ...] = ()
    ) -> None:
        self.says, self.topics = says, topics
        self.names = tuple(signature(says).parameters)
        self._made: dict[frozenset[str], Prepared[Row]] = {}

    def __call__(self, *values: Value) -> list[Row]:
        """The rows, as the queryset would give them."""
        asked = dict(zip(self.names, values, strict=True))
        given = {name: value for name, value in asked.items() if value is not None}
        shape = frozenset(given)
        if shape not in self._made:
            self._made[shape] = self._prepared(asked)
        return self._made[shape](None, **given)

    def _prepared(self, asked: dict[str, Value]) -> Prepared[Row]:
        left_out = {name: None for name, value in asked.items() if value is None}
        kinds: dict[str, Field[Any, Any] | Many] = {
            name: _kind_of(value) for name, value in asked.items() if value is not None
        }
        return Prepared(lambda **places: self.says(**left_out, **places), kinds, self.topics)


def _kind_of(value: int | date | tuple[int, ...]) -> Field[Any, Any] | Many:
    if isinstance(value, tuple):
        return Many(IntegerField())
    return DateField() if isinstance(value, date) else IntegerField()


def remembered_rows(*topics: str) -> Callable[[Callable[..., QuerySet[Any, Any]]], prepared_rows]:
    """See above; `topics`: those of all that is read."""
    return lambda says: prepared_rows(says, topics)
