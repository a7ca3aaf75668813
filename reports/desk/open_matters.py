"""交办 and 督办 on the desk of a unit: what waits for its answer, the nearest day first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from progress.matters.permissions import Matter
from progress.models import Instruction, InstructionState, SupervisionOrder
from progress.models.instructions import InstructionQuerySet
from progress.models.orders import OrderQuerySet
from tasks.models import Plan
from tasks.plan_names import Chip, chips_of
from units.face.addresses import addresses

BUTTONS: dict[str, str] = {  # of either kind: `OrderState` spells the same states alike
    InstructionState.REGISTERED: "签收",
    InstructionState.SIGNING: "审签",
    InstructionState.RETURNED: "重新答复",
}


@dataclass(frozen=True)
class OpenMatter:
    """One of them, with the word before it and the button that leads on."""

    matter: Matter
    url: str
    today: date
    chip: Chip | None = None  # its plan, where several are worked on

    @property
    def word(self) -> str:
        """批示 or 督办单; the source says where it comes from."""
        matter = self.matter
        return matter.get_source_display() if isinstance(matter, Instruction) else "督办单"

    @property
    def due_on(self) -> date:
        return self.matter.answer_due_on

    @property
    def is_late(self) -> bool:
        return self.matter.is_overdue(self.today)

    @property
    def left(self) -> str:
        """还剩2天, 今天到期, 逾期1天."""
        days = (self.due_on - self.today).days
        if days == 0:
            return "今天到期"
        return f"逾期{-days}天" if days < 0 else f"还剩{days}天"

    @property
    def button(self) -> str:
        return BUTTONS.get(self.matter.state, "办理答复")


def instructions_at(plan_ids: tuple[int, ...], unit_id: int | None) -> InstructionQuerySet:
    """What a unit has to answer."""
    found = Instruction.objects.filter(plan__in=plan_ids).carried_out_by(unit_id).with_unit()
    return found.order_by("source", "number")


def orders_at(plan_ids: tuple[int, ...], unit_id: int | None) -> OrderQuerySet:
    """The same of 督办单."""
    found = SupervisionOrder.objects.filter(plan__in=plan_ids, unit=unit_id).with_unit()
    return found.order_by("number", "pk")


def open_matters(
    plans: Sequence[Plan],
    today: date,
    instructions: Iterable[Instruction],
    orders: Iterable[SupervisionOrder],
) -> list[OpenMatter]:
    """Both as the desk lists them, the nearest day first."""
    found = [
        *_open(instructions, "progress:matter", plans, today),
        *_open(orders, "progress:order", plans, today),
    ]
    return sorted(found, key=lambda each: each.due_on)


def _open(
    matters: Iterable[Matter], page: str, plans: Sequence[Plan], today: date
) -> Iterator[OpenMatter]:
    by_id, chips = {plan.pk: plan for plan in plans}, chips_of(plans)
    pages = {plan.pk: addresses(page, plan.slug) for plan in plans}
    for matter in matters:
        matter.plan = by_id[matter.plan_id]  # at hand, and long to read
        url = pages[matter.plan_id](matter.pk)
        yield OpenMatter(matter, url, today, chips.get(matter.plan_id))
