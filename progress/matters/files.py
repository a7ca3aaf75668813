"""Files of instructions and orders."""

from __future__ import annotations

from datetime import datetime

from progress.matters.permissions import Matter
from progress.models import (
    Instruction,
    InstructionAnswer,
    MatterFile,
    MatterFileKind,
    OrderAnswer,
    SupervisionOrder,
)
from units.actors import Actor
from units.files.keeping import keep
from units.files.uploads import Checked


def keep_file(
    *,
    checked: Checked,
    kind: MatterFileKind,
    matter: Matter,
    actor: Actor,
    now: datetime,
    answer: InstructionAnswer | OrderAnswer | None = None,
) -> MatterFile:
    """Keep `checked` with a matter or its answer; one log entry."""
    return keep(
        MatterFile,
        checked,
        of=matter,
        actor=actor,
        now=now,
        kind=kind,
        instruction=matter if isinstance(matter, Instruction) else None,
        order=matter if isinstance(matter, SupervisionOrder) else None,
        answer=answer if isinstance(answer, InstructionAnswer) else None,
        order_answer=answer if isinstance(answer, OrderAnswer) else None,
    )
