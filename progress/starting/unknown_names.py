"""Names of the notice that neither a unit nor a collective designation goes by, and that nobody had
answered when the year began: where they stand, and which day a unit can take them from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from progress.models import Period
from tasks.models import Designation, LeftOpen, Plan, ResponsibilityRole
from tasks.naming.taking_on import STRENGTH

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class OpenName:
    """One question with the places where the notice prints the name."""

    question: LeftOpen
    places: Sequence[Designation]

    @property
    def name(self) -> str:
        return self.question.name


def open_names(plan: Plan) -> list[OpenName]:
    """Those that nobody has answered, as they stood; two queries."""
    questions = list(LeftOpen.objects.filter(plan=plan, solved_at=None).exclude(name=""))
    places = defaultdict(list)
    if questions:
        for each in places_of(plan, {each.name for each in questions}):
            places[each.printed].append(each)
    return [OpenName(each, places[each.name]) for each in questions]


def places_of(plan: Plan, names: Iterable[str]) -> list[Designation]:
    """Where they are printed and nobody is meant yet."""
    found = Designation.objects.filter(
        task__plan=plan, unit=None, group=None, printed__in=list(names)
    )
    in_order = found.order_by("task__kind", "task__number", "role", "ordinal")
    return list(in_order.select_related("task__plan"))


def waiting_for(names: Iterable[OpenName]) -> set[int]:
    """Items of which such a name leads: they get who answers for them with it."""
    return {
        place.task_id
        for each in names
        for place in each.places
        if place.role != ResponsibilityRole.SUPPORT
    }


def first_of(leading: Iterable[Designation], no_units: Iterable[str]) -> Designation | None:
    """Whom the notice names first, but for names that are no unit."""
    left_out = set(no_units)
    there = [
        each for each in leading if each.unit_id or each.group_id or each.printed not in left_out
    ]
    return min(there, key=lambda each: (STRENGTH[each.role], each.ordinal), default=None)


def earliest_start(plan: Plan) -> date:
    """The first day that nothing finalized was judged by."""
    ended = Period.objects.filter(plan=plan, finalized_at__isnull=False)
    last = ended.order_by("-data_as_of").values_list("data_as_of", flat=True).first()
    return plan.issued_on if last is None else max(plan.issued_on, last + ONE_DAY)
