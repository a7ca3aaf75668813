"""Files that are kept: under a random name, with what was found out of them, and one log entry.

What may be kept at all is judged before, outside any transaction: `units.files.uploads`.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models.fields.files import FieldFile

from units import log
from units.actors import Actor
from units.files.uploads import Checked

M = TypeVar("M", bound=models.Model)


def keep(
    model: type[M], checked: Checked, *, of: object, actor: Actor, now: datetime, **links: Any
) -> M:
    """A new row of `model` with `checked` as its file; `links` are its other columns, `of` is what
    the log calls it by.
    """
    row = model(
        name=checked.name,
        content_type=checked.kind.content_type,
        size=checked.upload.size or 0,
        sha256=checked.sha256,
        scan=checked.scan,
        uploaded_by=actor.user,
        uploaded_by_name=actor.name,
        uploaded_at=now,
        **links,
    )
    kept: Any = row
    with gone_on_failure([row]), transaction.atomic():
        store(kept.file, checked)
        if checked.preview is not None and hasattr(kept, "preview"):
            stem = Path(kept.file.name).stem
            kept.preview.save(f"{stem}.jpg", ContentFile(checked.preview), save=False)
        row.save()
        log.record(
            actor=actor,
            action=f"{row._meta.model_name}.add",
            subject=row,
            summary=f"上传{kept.get_kind_display()}：{of} {kept.name}",
            changes={"sha256": kept.sha256, "size": kept.size, "scan": kept.get_scan_display()},
            now=now,
        )
    return row


def store(file: FieldFile, checked: Checked) -> None:
    """Put `checked` into the store; its row is the caller's to save."""
    file.save(random_name(checked.kind.kind), checked.upload, save=False)


def random_name(ending: str) -> str:
    """The name that a file is stored under: it says nothing and cannot be guessed."""
    return f"{uuid.uuid4().hex}.{ending}"


@contextmanager
def gone_on_failure(rows: Iterable[models.Model]) -> Iterator[None]:
    """Stand around a transaction: rows that are rolled back leave no file behind."""
    try:
        yield
    except BaseException:
        for row in rows:
            for field in row._meta.concrete_fields:
                if isinstance(field, models.FileField) and (file := getattr(row, field.attname)):
                    file.delete(save=False)
        raise
