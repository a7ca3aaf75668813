"""Whether the stamps tell of everything that a query reads."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection

from django.apps import apps

from units.stamps.shown import shown

# Django names a table plainly, or in a subquery by a letter with a number
TABLE = re.compile(r'(?:FROM|JOIN|,) "(\w+)"(?: ([A-Z]\d+)\b)?')
IS_FILLED = re.compile(r'"(\w+)"\."(\w+)" IS (?:NOT )?NULL')
COLUMN = re.compile(r'(?:"(\w+)"|\b([A-Z]\d+))\."(\w+)"')


def unwatched(sql: str, topics: Collection[str]) -> set[str]:
    """What the statement reads and none of the topics tells of: "table.column", or a table whose
    rows come and go untold.
    """
    columns = _columns()
    meant: dict[str, set[str]] = defaultdict(set)  # a letter may stand for several tables
    for table, letter in TABLE.findall(sql):
        if table in columns:
            meant[letter or table].add(table)
    told, whole = _told(topics)
    tables = set().union(*meant.values())
    read = {
        (table, column)
        for name, letter, column in COLUMN.findall(IS_FILLED.sub(_told_filled(topics), sql))
        for table in meant.get(name or letter, ())
        if column in columns[table]
    }
    return (tables - whole) | {f"{table}.{column}" for table, column in read - told}


def _columns() -> dict[str, set[str]]:
    """Table → its columns but the key, which a row keeps."""
    return {
        model._meta.db_table: {
            str(field.column) for field in model._meta.concrete_fields if not field.primary_key
        }
        for model in apps.get_models(include_auto_created=True)
    }


def _told_filled(topics: Collection[str]) -> Callable[[re.Match[str]], str]:
    """Takes away what is asked only whether it is filled, where that is told."""
    told = {
        (each.table, name)
        for each in shown()
        if each.topic in topics and each.filled
        for name in each.columns
    }
    return lambda found: "" if found.groups() in told else found.group()


def _told(topics: Collection[str]) -> tuple[set[tuple[str, str]], set[str]]:
    """Table and column of each change, and tables of which each row, is told."""
    watched = [each for each in shown() if each.topic in topics and not each.filled]
    columns = {(each.table, column) for each in watched for column in each.columns}
    return columns, {each.table for each in watched if each.rows}
