"""Items that go on from year to year (`Task.carried_from`): where one of them is in another."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import QuerySet

from tasks.models import Task
from units.asking.rows import remembered_rows
from units.stamps.shown import FINALIZED


class Carried(NamedTuple):
    """An item in one of the years through which it goes."""

    pk: int
    plan: int
    kind: str
    number: int


def in_other_years(plan: int, kind: str, number: int) -> dict[int, Carried]:
    """Plan id → what that item continues, or is continued by, there; without its own. No query for
    whoever has asked since anything shown was written.
    """
    pairs = [(Carried(*row[:4]), Carried(*row[4:])) for row in _pairs()]
    after: dict[Carried, list[Carried]] = {}
    before: dict[Carried, Carried] = {}
    for later, earlier in pairs:
        before[later] = earlier
        after.setdefault(earlier, []).append(later)
    known = {each for pair in pairs for each in pair}
    wanted = (plan, kind, number)
    start = next((each for each in known if each[1:] == wanted), None)
    found: dict[int, Carried] = {}
    waiting = [start] if start is not None else []
    while waiting:
        each = waiting.pop(0)
        if each.plan in found:
            continue
        found[each.plan] = each
        near = [before[each]] if each in before else []
        waiting += [*near, *after.get(each, [])]
    found.pop(plan, None)
    return found


@remembered_rows(FINALIZED)
def _pairs() -> QuerySet[Any, Any]:
    own = ("pk", "plan_id", "kind", "number")
    carried = Task.objects.filter(carried_from__isnull=False).order_by("pk")
    return carried.values_list(*own, *(f"carried_from__{name}" for name in own))
