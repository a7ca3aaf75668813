"""May this person do this with this 交办事项 or 督办单? A refusal says why."""

from __future__ import annotations

from progress.models import (
    Instruction,
    InstructionRequest,
    InstructionUnit,
    SupervisionOrder,
    UnitRole,
)
from units.actors import Actor
from units.city.words import said
from units.models import Unit
from units.permissions import ALLOWED, Verdict, denied

Matter = Instruction | SupervisionOrder


def unit_of(matter: Matter) -> Unit:
    """The unit that answers: of an instruction its lead now; no query where units are loaded."""
    return matter.unit if isinstance(matter, SupervisionOrder) else _lead(matter).unit


def unit_name_of(matter: Matter) -> str:
    """The same, as it was called when the matter was given to it."""
    return (matter if isinstance(matter, SupervisionOrder) else _lead(matter)).unit_name


def _lead(instruction: Instruction) -> InstructionUnit:
    held: list[InstructionUnit] = list(instruction.units.all())
    return next(each for each in held if each.role == UnitRole.LEAD and each.is_open_ended)


def _is_of_the_unit(actor: Actor, matter: Matter) -> bool:
    return actor.is_of_a_unit and actor.unit_id == unit_of(matter).pk


def can_read_matters(actor: Actor) -> Verdict:
    """Whoever may have any: the office, units, leaders. What they see is `visible_to`."""
    if actor.is_office or actor.is_of_a_unit or actor.is_reader:
        return ALLOWED
    return denied(said("交办事项供督查室、承办单位和市领导查阅。"))


def can_handle(actor: Actor, matter: Matter | InstructionRequest | None = None) -> Verdict:
    """Register, send, close, follow up: the office."""
    return ALLOWED if actor.is_office else denied("交办和督办由督查室登记、办理。")


def can_receive(actor: Actor, matter: Matter) -> Verdict:
    """签收, and ask for another unit or more time: anyone of the unit that carries it out."""
    if _is_of_the_unit(actor, matter):
        return ALLOWED
    return denied(f"此项由{unit_of(matter)}签收办理。")


def can_answer(actor: Actor, matter: Matter) -> Verdict:
    """Write the answer: the unit's liaison."""
    if actor.is_reporter and _is_of_the_unit(actor, matter):
        return ALLOWED
    return denied(f"此项由{unit_of(matter)}联络员填报办理情况。")


def can_sign_answer(actor: Actor, matter: Matter) -> Verdict:
    """Sign it: the unit's head."""
    if actor.is_signer and _is_of_the_unit(actor, matter):
        return ALLOWED
    return denied(f"此项由{unit_of(matter)}负责人审签。")


def can_send_answer_unsigned(actor: Actor, matter: Matter) -> Verdict:
    """Without signature, marked as such: the unit's liaison, or the office on its behalf."""
    return ALLOWED if actor.is_office else can_answer(actor, matter)


def can_judge(actor: Actor, matter: Matter) -> Verdict:
    """Close or return an answer: the office, and in it nobody who wrote or signed it."""
    if not actor.is_office:
        return denied("答复由督查室审核。")
    last = matter.answers.order_by("-number").first()
    if last is not None and actor.user.pk in {last.written_by_id, last.signed_by_id}:
        return denied("本人代录或审签的答复，须由督查室其他人员审核。")
    return ALLOWED
