"""Which rows and columns of an archive are the auditor's, and what the office's part holds in their
place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

from units.models import User

# the log; accounts, and what tells of them: uploaded tables, requests, addresses of messages
TABLES = frozenset(
    {
        "progress.delivery",
        "units.formkey",
        "units.logentry",
        "units.loghead",
        "units.powerrequest",
        "units.sheetupload",
        "units.user",
    }
)
TELEPHONES = frozenset({"phone", "telephone"})  # columns
NAMES, NUMBERS = "data/names.jsonl", "data/telephones.jsonl"

Model = type[models.Model]


def is_sealed(model: Model) -> bool:
    return model._meta.label_lower in TABLES


def telephones_of(model: Model) -> list[str]:
    """The columns of a table that hold numbers of telephones."""
    return [field.attname for field in model._meta.concrete_fields if field.name in TELEPHONES]


def without_telephones(row: models.Model) -> models.Model:
    """The row as it leaves; never saved."""
    for name in telephones_of(type(row)):
        setattr(row, name, "")
    return row


def names() -> Iterator[bytes]:
    """Who is meant by the number of a person in the other tables: the name and nothing else."""
    for pk, name, username in User.objects.order_by("pk").values_list(
        "pk", "display_name", "username"
    ):
        yield _line({"pk": pk, "name": name if name != username else ""})


def numbers(rows_of: Iterable[tuple[Model, Any]]) -> Iterator[bytes]:
    """What was left out of the office's part: table, row, column, number."""
    for model, rows in rows_of:
        for column in telephones_of(model):
            for pk, number in rows.exclude(**{column: ""}).values_list("pk", column):
                yield _line({"table": model._meta.label_lower, "pk": pk, column: number})


def _line(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode() + b"\n"
