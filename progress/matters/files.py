"""Files of instructions and orders."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

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
from units.files.uploads import Checked, check
from units.http import Request


def checked_files(request: Request, form: forms.Form) -> dict[str, Any]:
    """The cleaned fields with every upload judged and scanned, before any transaction begins.

    Raises `Unacceptable`.
    """
    return {
        name: check(value, actor=request.actor, now=request.now)
        if isinstance(value, UploadedFile)
        else value
        for name, value in form.cleaned_data.items()
    }


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
