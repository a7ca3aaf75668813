"""Rows copied inside a table by one statement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.models import Model


def insert(model: type[Model], changed: Mapping[str, str], where: str) -> None:
    """Copy the rows that `where` chooses; `changed`: column → SQL of what it becomes."""
    from django.db import connection

    columns = [str(field.column) for field in model._meta.concrete_fields]
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(changed.get(column, f'"{column}"') for column in columns)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        # every part is a name or a number of ours
        cursor.execute(f'INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}" {where}')  # noqa: S608
