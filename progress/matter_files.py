"""Files of instructions and orders, kept by the rules of `progress.uploads`."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from progress.matter_permissions import Matter
from progress.models import (
    Instruction,
    InstructionAnswer,
    MatterFile,
    MatterFileKind,
    OrderAnswer,
    SupervisionOrder,
)
from progress.uploads import check
from units import log
from units.actors import Actor


@transaction.atomic
def keep_file(
    *,
    upload: UploadedFile[Any],
    kind: MatterFileKind,
    matter: Matter,
    actor: Actor,
    now: datetime,
    answer: InstructionAnswer | OrderAnswer | None = None,
) -> MatterFile:
    """Keep `upload` with a matter or its answer. Raises `Unacceptable`; one log entry."""
    checked = check(upload, actor=actor, now=now)
    kept = MatterFile(
        instruction=matter if isinstance(matter, Instruction) else None,
        order=matter if isinstance(matter, SupervisionOrder) else None,
        answer=answer if isinstance(answer, InstructionAnswer) else None,
        order_answer=answer if isinstance(answer, OrderAnswer) else None,
        kind=kind,
        name=checked.name,
        content_type=checked.kind.content_type,
        size=upload.size or 0,
        sha256=checked.sha256,
        uploaded_by=actor.user,
        uploaded_by_name=actor.name,
        uploaded_at=now,
    )
    kept.file.save(f"{uuid.uuid4().hex}.{checked.kind.kind}", upload, save=False)
    kept.save()
    log.record(
        actor=actor,
        action="matterfile.add",
        subject=kept,
        summary=f"上传{kept.get_kind_display()}：{matter} {kept.name}",
        changes={"sha256": kept.sha256, "size": kept.size},
        now=now,
    )
    return kept
