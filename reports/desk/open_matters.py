"""交办 and 督办 on the desk of a unit: what waits for its answer, the nearest day first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from progress.matters.notices import link_to
from progress.matters.permissions import Matter
from progress.models import Instruction, InstructionState, SupervisionOrder
from tasks.models import Plan
from units.actors import Actor

BUTTONS: dict[str, str] = {  # of either kind: `OrderState` spells the same states alike
    InstructionState.REGISTERED: "签收",
    InstructionState.SIGNING: "审签",
    InstructionState.RETURNED: "重新答复",
}


@dataclass(frozen=True)
class OpenMatter:
    """One of them, with the word before it and the button that leads on."""

    matter: Matter
    today: date

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
    def url(self) -> str:
        return link_to(self.matter)

    @property
    def button(self) -> str:
        return BUTTONS.get(self.matter.state, "办理答复")


def open_matters(plan: Plan, actor: Actor, today: date) -> list[OpenMatter]:
    """What the actor's unit has to answer; two queries."""
    instructions = Instruction.objects.filter(plan=plan).carried_out_by(actor.unit).with_unit()
    orders = SupervisionOrder.objects.filter(plan=plan, unit=actor.unit).with_unit()
    found = [
        OpenMatter(matter, today)
        for matter in (*instructions.select_related("plan"), *orders.select_related("plan"))
    ]
    return sorted(found, key=lambda each: each.due_on)
