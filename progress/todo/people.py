"""How much is to be done, said to a person: in the digest of the day and on 消息."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from progress.todo.list import TodoList, todo_list
from tasks.models import Plan, PlanState
from tasks.plan_names import in_order
from units.models import Appointment, Role, User
from units.models.people import UNIT_ROLES


def active_plans() -> list[Plan]:
    """All that are worked on, with their periods."""
    active = Plan.objects.filter(state=PlanState.ACTIVE).defer("source_text", "reading")
    return in_order(active.prefetch_related("periods"))


class Numbers:
    """Of one day; the list of each unit is asked once, however many people share it."""

    def __init__(self, today: date) -> None:
        self.today = today
        self._plans: list[Plan] | None = None
        self._known: dict[tuple[int, bool], TodoList] = {}

    def sentence_of(self, person: User) -> str:
        """市住建局待办15项，其中已逾期1项; of several posts each; empty where there is nothing."""
        held = Appointment.objects.on(self.today).filter(user=person, role__in=UNIT_ROLES)
        return self.sentence(held.select_related("unit").order_by("pk"))

    def sentence(self, posts: Iterable[Appointment]) -> str:
        """The same of the posts at hand."""
        said = []
        for each in posts:
            if each.unit is not None and each.role in UNIT_ROLES:
                found = self._list(each.unit.pk, is_signer=each.role == Role.SIGNER)
                said += [f"{each.unit}{found.sentence}"] if found.rows else []
        return "；".join(dict.fromkeys(said))

    def _list(self, unit_id: int, *, is_signer: bool) -> TodoList:
        if self._plans is None:
            self._plans = active_plans()
        key = (unit_id, is_signer)
        if key not in self._known:
            plans = self._plans
            self._known[key] = (
                todo_list(plans, unit_id, self.today, is_signer=is_signer)
                if plans
                else TodoList((), ())
            )
        return self._known[key]
