"""Every stored file that a row names, of whatever table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.apps import apps
from django.db import models

HASHES = {"file": "sha256"}  # of other fields: `<field>_sha256`, where the table has one


class Stored(NamedTuple):
    """A file as a row knows it: whose it is, its name in the store, its hash ("" where the table
    keeps none, as of previews).
    """

    owner: str
    name: str
    sha256: str


def stored_files() -> Iterator[Stored]:
    """What is in the database now, table by table."""
    for model in sorted(apps.get_models(), key=lambda each: each._meta.label):
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                yield from _of(model, field.name)


def _of(model: type[models.Model], field: str) -> Iterator[Stored]:
    hash_name = HASHES.get(field, f"{field}_sha256")
    known = {each.name for each in model._meta.concrete_fields}
    names = ["pk", field, *([hash_name] if hash_name in known else [])]
    rows = model._default_manager.exclude(**{field: ""}).order_by("pk").values_list(*names)
    label = model._meta.verbose_name
    # not iterator(): behind a pool of connections no cursor outlives its transaction
    for pk, name, *rest in rows:
        if name:
            yield Stored(f"{label} {pk}", name, rest[0] if rest else "")
