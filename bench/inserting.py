"""Rows copied inside a table by one statement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from psycopg2 import sql

if TYPE_CHECKING:
    from django.db.models import Model


def insert(model: type[Model], changed: Mapping[str, str], where: str) -> None:
    """Copy the rows that `where` chooses; `changed`: column → SQL of what it becomes."""
    from django.db import connection

    columns = [str(field.column) for field in model._meta.concrete_fields]
    names = [sql.Identifier(column) for column in columns]
    values = [
        sql.SQL(changed[column]) if column in changed else name
        for column, name in zip(columns, names, strict=True)
    ]
    statement = sql.SQL("INSERT INTO {table} ({names}) SELECT {values} FROM {table} {where}")
    with connection.cursor() as cursor:
        cursor.execute(
            statement.format(
                table=sql.Identifier(model._meta.db_table),
                names=sql.SQL(", ").join(names),
                values=sql.SQL(", ").join(values),
                where=sql.SQL(where),
            )
        )
