"""The board kept: who reads it finds it written again where it no longer holds.

Nobody who changes an item knows of the board; the database raises a stamp (`units.stamps`), and a
row of another stamp, day or shape is not shown. 定稿 has it written at once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, NamedTuple
from zlib import crc32

import msgspec
from django.db import DatabaseError, transaction
from django.db.models import FilteredRelation, Q, QuerySet

from progress.board.deriving import Derived, derive, next_turn
from progress.board.numbers import Tables
from progress.board.shown import Shown
from progress.models import BoardRow
from tasks.access import seen_ids
from tasks.models import Plan
from tasks.models.items import TaskQuerySet
from units.actors import Actor
from units.locks import is_read_only, one_at_a_time
from units.stamps.current import current
from units.stamps.lasting import lasting
from units.stamps.memory import by_stamp

problems = logging.getLogger(__name__)

REMEMBERED = 4  # boards in a process, 2 MB each
LOCK = 7_320_230_000  # and the plan's id; no other lock is as high
# What is written by other code is not read: its fields may be others.
SHAPE = crc32(msgspec.json.encode(msgspec.json.schema(tuple[Shown, Tables])))

_to_json = msgspec.json.Encoder().encode
_to_shown = msgspec.json.Decoder(Shown).decode
_to_tables = msgspec.json.Decoder(Tables).decode


class _Row(NamedTuple):
    """A row as it is found; empty where the item has none."""

    doc: str | None
    stamp: int | None
    shape: int | None
    written_for: date | None
    valid_until: date | None


@dataclass(frozen=True)
class Board:
    """Items as they are shown, and on request their numbers: task ids → tables."""

    shown: Sequence[Shown]
    tables: Callable[[Collection[int]], dict[int, Tables]]


def board_of(plan: Plan, actor: Actor | None, today: date, until: date | None = None) -> Board:
    """Every item of the plan that the actor may see, in the order of the notice; of the newest
    定稿, or as that of the day `until` had them. Two queries while the board holds.

    Its rows are remembered by the stamp; not of a transaction, which may take its stamp back.
    """
    stamp = lasting()
    if stamp is None:
        return _read(plan, actor, today, until, current().finalized)
    every = _every(plan.pk, today, until, stamp.finalized)
    seen = seen_ids(plan, actor) if actor is not None else every
    shown = [every[pk] for pk in seen if pk in every]
    return Board(shown, partial(_kept_tables, plan, today, until))


@by_stamp(REMEMBERED)
def _every(plan: int, today: date, until: date | None, stamp: int) -> dict[int, Shown]:
    """Task id → what is shown of it, of all items of the plan (id)."""
    board = _read(Plan.objects.get(pk=plan), None, today, until, stamp)
    return {shown.item.pk: shown for shown in board.shown}


def _read(plan: Plan, actor: Actor | None, today: date, until: date | None, stamp: int) -> Board:
    rows = _rows(plan, actor, until)
    if not _hold(rows, stamp, today):
        if is_read_only() or not _is_written(plan, today, until):
            return _derived(plan, actor, today, until)
        rows = _rows(plan, actor, until)
    shown = [_to_shown(row.doc) for row in rows if row.doc is not None]
    return Board(shown, partial(_kept_tables, plan, today, until))


def write(plan: Plan, today: date, until: date | None = None) -> None:
    """Write the rows of all items of the plan, unless somebody has done so meanwhile."""
    with transaction.atomic():
        one_at_a_time(LOCK + plan.pk)
        stamp = current().finalized  # before anything is read: what comes later counts anew
        rows = _rows(plan, None, until)
        if _hold(rows, stamp, today):
            return
        derived = derive(plan, today, until)
        held: dict[str, Any] = {
            "stamp": stamp,
            "shape": SHAPE,
            "written_for": today,
            "valid_until": next_turn(plan, today),
        }
        _save(_of_day(until).filter(task__plan=plan), derived, until, held)


def _save(
    kept: QuerySet[BoardRow], derived: Mapping[int, Derived], until: date | None, held: Any
) -> None:
    """What reads as before is only told that it still holds."""
    docs = {
        pk: (_to_json(each.shown).decode(), _to_json(each.tables).decode())
        for pk, each in derived.items()
    }
    known = {pk: tuple(texts) for pk, *texts in kept.values_list("task_id", "doc", "figures")}
    others = [pk for pk, texts in known.items() if docs.get(pk) != texts]
    kept.filter(task__in=others).delete()
    kept.update(**held)
    BoardRow.objects.bulk_create(
        BoardRow(task_id=pk, until=until, doc=doc, figures=figures, **held)
        for pk, (doc, figures) in docs.items()
        if known.get(pk) != (doc, figures)
    )


def _is_written(plan: Plan, today: date, until: date | None) -> bool:
    """Whether the board could be written: where the database takes no writes, pages still show."""
    try:
        write(plan, today, until)
    except DatabaseError:
        problems.exception("The board of %s was not written", plan.slug)
        return False
    return True


def _derived(plan: Plan, actor: Actor | None, today: date, until: date | None) -> Board:
    derived = derive(plan, today, until)
    seen = _seen(plan, actor).values_list("pk", flat=True)
    shown = [derived[pk].shown for pk in seen if pk in derived]
    return Board(shown, lambda wanted: {pk: derived[pk].tables for pk in wanted})


def _kept_tables(
    plan: Plan, today: date, until: date | None, wanted: Collection[int]
) -> dict[int, Tables]:
    kept = _of_day(until).filter(task__in=wanted, shape=SHAPE)
    found = {pk: _to_tables(text) for pk, text in kept.values_list("task_id", "figures")}
    if len(found) < len(wanted):  # written again by other code since the items were read
        derived = derive(plan, today, until)
        return {pk: derived[pk].tables for pk in wanted}
    return found


def _seen(plan: Plan, actor: Actor | None) -> TaskQuerySet:
    """The items of the plan that the actor may see; without an actor all."""
    tasks = plan.tasks.all() if actor is None else plan.tasks.visible_to(actor)
    return tasks.order_by("kind", "number")


def _rows(plan: Plan, actor: Actor | None, until: date | None) -> list[_Row]:
    """A row for every item that the actor may see, whether the board has it or not."""
    day = Q(board_rows__until=until) if until is not None else Q(board_rows__until__isnull=True)
    tasks = _seen(plan, actor).annotate(row=FilteredRelation("board_rows", condition=day))
    return [_Row(*found) for found in tasks.values_list(*(f"row__{name}" for name in _Row._fields))]


def _of_day(until: date | None) -> QuerySet[BoardRow]:
    rows = BoardRow.objects.all()
    return rows.filter(until__isnull=True) if until is None else rows.filter(until=until)


def _hold(rows: Iterable[_Row], stamp: int, today: date) -> bool:
    return all(
        row.stamp == stamp
        and row.shape == SHAPE
        and row.written_for is not None
        and row.written_for <= today
        and (row.valid_until is None or today < row.valid_until)
        for row in rows
    )
