"""Files of instructions and orders, kept by the rules of `progress.uploads`."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from progress.matters.permissions import Matter
from progress.models import (
    Instruction,
    InstructionAnswer,
    MatterFile,
    MatterFileKind,
    OrderAnswer,
    SupervisionOrder,
)
from units import log
from units.actors import Actor
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
    kept = MatterFile(
        instruction=matter if isinstance(matter, Instruction) else None,
        order=matter if isinstance(matter, SupervisionOrder) else None,
        answer=answer if isinstance(answer, InstructionAnswer) else None,
        order_answer=answer if isinstance(answer, OrderAnswer) else None,
        kind=kind,
        name=checked.name,
        content_type=checked.kind.content_type,
        size=checked.upload.size or 0,
        sha256=checked.sha256,
        scan=checked.scan,
        uploaded_by=actor.user,
        uploaded_by_name=actor.name,
        uploaded_at=now,
    )
    try:
        with transaction.atomic():
            _keep(kept, checked, matter, actor, now)
    except BaseException:  # a row that was rolled back leaves no file behind
        if kept.file:
            kept.file.delete(save=False)
        raise
    return kept


def _keep(kept: MatterFile, checked: Checked, matter: Matter, actor: Actor, now: datetime) -> None:
    kept.file.save(f"{uuid.uuid4().hex}.{checked.kind.kind}", checked.upload, save=False)
    kept.save()
    log.record(
        actor=actor,
        action="matterfile.add",
        subject=kept,
        summary=f"上传{kept.get_kind_display()}：{matter} {kept.name}",
        changes={"sha256": kept.sha256, "size": kept.size, "scan": kept.get_scan_display()},
        now=now,
    )
