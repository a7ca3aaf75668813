"""Rows that count, which many requests move at once and any of them may delete."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Manager, Model

Row = TypeVar("Row", bound=Model)


def held(rows: Manager[Row], key: dict[str, Any], fresh: dict[str, Any]) -> Row:
    """The row of `key`, locked until the transaction ends; made with `fresh` where there is none.

    Not `get_or_create`: where another request deletes the row between the refused insert and the
    second look, that raises `IntegrityError`.
    """
    while True:
        row = rows.select_for_update().filter(**key).first()
        if row is not None:
            return row
        rows.bulk_create([rows.model(**key, **fresh)], ignore_conflicts=True)
