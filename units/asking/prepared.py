"""A QuerySet whose SQL is written once and asked again with other values.

Django writes the text of a query anew each time, half a millisecond and more where tables are
joined. Here a function says the query with its values left open; the text is made at the first
call and kept for the life of the process, and every call fills its values in. What comes back is
what the QuerySet gives: model objects, or rows of `values_list`.

    @prepared(task=IntegerField())
    def _closures(task: Any) -> QuerySet[Closure]:
        return Closure.objects.filter(task=task).select_related("approval")

    _closures(task=52)

Where all that the query reads belongs to a topic (`units.stamps.shown`), `@prepared(FINALIZED, …)`
remembers what came back for as long as nothing of that topic was written. A request that has
written asks anew. A query that reads a column of which its topics do not tell is refused.

For the hottest places only. Whatever the function decides it decides once: it may look at nothing
but the role of an `actor`, its first parameter where it has one. A day that it says by itself, such
as today, is refused.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from functools import update_wrapper
from inspect import signature
from types import SimpleNamespace
from typing import Any, Generic, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, IntegerField, QuerySet

from units.actors import Actor
from units.asking.watched import unwatched
from units.stamps.lasting import standing
from units.stamps.memory import by_stamp

REMEMBERED = 512  # answers in a process, some rows each
FEW = 60  # parameters; of more things at once nothing is remembered

R = TypeVar("R")
DAY = re.compile(r"\d{4}-\d\d-\d\d")  # as SQLite is given one
OF_ACTOR = {"actor_user": IntegerField(), "actor_unit": IntegerField()}


class Many:
    """Of a parameter: any number of values of `field`, which stands behind `__in`."""

    def __init__(self, field: Field[Any, Any]) -> None:
        self.field = field


class Given(Expression):
    """Where a value will stand; its field knows how the database wants it."""

    def __init__(self, name: str, kind: Field[Any, Any] | Many) -> None:
        self.is_many = isinstance(kind, Many)
        super().__init__(output_field=kind.field if isinstance(kind, Many) else kind)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]

    def placed(self, value: Any, connection: Any) -> tuple[str, list[Any]]:
        """The text that stands here for `value`, and its parameters."""
        if value is None:
            raise ValueError(f"{self.name}: nothing equals NULL")
        prepare = self.output_field.get_db_prep_value
        if not self.is_many:
            return "%s", [prepare(value, connection)]
        values = [prepare(each, connection) for each in value]
        return ", ".join(["%s"] * len(values)) or "NULL", values  # among none there is nothing


@dataclass(frozen=True, eq=False)
class _Text:
    """A query as it was made: its compiler, and its text cut where values stand."""

    queryset: Any
    compiler: Any
    pieces: list[str]
    params: list[Any]  # a value that the query says itself, or the `Given` of one to come
    topics: tuple[str, ...]

    def rows(self, values: dict[str, Any]) -> list[Any]:
        sql, params = self._filled(values)
        compiler = self._compiler(sql, params)
        stamps = standing() if self.topics and len(params) <= FEW else None
        if stamps is not None:
            found = _remembered(self, sql, params, stamps.of(self.topics))
            compiler.execute_sql = lambda *_, **__: found
        query = copy(self.queryset.query)
        query.get_compiler = lambda *_, **__: compiler
        asked = SimpleNamespace(
            query=query,
            db=DEFAULT_DB_ALIAS,
            model=self.queryset.model,
            _fields=self.queryset._fields,
            _known_related_objects={},
        )
        return list(self.queryset._iterable_class(asked))

    def asked(self, sql: str, params: tuple[Any, ...]) -> list[list[tuple[Any, ...]]]:
        """What the database answers, before anything is made of it."""
        return list(self._compiler(sql, params).execute_sql())

    def _filled(self, values: dict[str, Any]) -> tuple[str, tuple[Any, ...]]:
        connection = connections[DEFAULT_DB_ALIAS]
        text, params = [self.pieces[0]], []
        for param, piece in zip(self.params, self.pieces[1:], strict=True):
            marks, those = "%s", [param]
            if isinstance(param, Given):
                marks, those = param.placed(values[param.name], connection)
            text += [marks, piece]
            params += those
        return "".join(text), tuple(params)

    def _compiler(self, sql: str, params: tuple[Any, ...]) -> Any:
        compiler = copy(self.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]  # connections belong to threads
        compiler.as_sql = lambda *_, **__: (sql, params)
        return compiler


@by_stamp(REMEMBERED)
def _remembered(
    text: _Text, sql: str, params: tuple[Any, ...], stamps: tuple[int, ...]
) -> list[list[tuple[Any, ...]]]:
    return text.asked(sql, params)


@dataclass(eq=False)
class Prepared(Generic[R]):
    """See above; made by `prepared`."""

    says: Callable[..., QuerySet[Any, R]]
    kinds: dict[str, Field[Any, Any] | Many]
    topics: tuple[str, ...] = ()
    _made: dict[str, _Text | None] = field(default_factory=dict)  # by role; None: finds nothing

    def __call__(self, actor: Actor | None = None, **values: Any) -> list[R]:
        """The rows. Raises KeyError for a value that is missing, ValueError for None."""
        role = str(actor.role) if actor is not None else ""
        if role not in self._made:
            self._made[role] = self._make(actor)
        text = self._made[role]
        if actor is not None:
            values |= {"actor_user": actor.user.pk, "actor_unit": actor.unit_id or 0}
        return [] if text is None else text.rows(values)

    def first(self, actor: Actor | None = None, **values: Any) -> R | None:
        """The first row, or None."""
        return next(iter(self(actor, **values)), None)

    def queryset(self, actor: Actor | None = None, **values: Any) -> QuerySet[Any, R]:
        """What it says, asked the ordinary way: for tests."""
        return self.says(*([] if actor is None else [actor]), **values)

    def _make(self, actor: Actor | None) -> _Text | None:
        places = {name: Given(name, kind) for name, kind in self.kinds.items()}
        queryset: Any = self.queryset(None if actor is None else _nameless(actor), **places)
        if queryset._prefetch_related_lookups or queryset._known_related_objects:
            raise TypeError("what belongs to it is asked by itself, and given with `attach`")
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            text, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        for param in params:
            if isinstance(param, date) or DAY.match(str(param)):  # today, at the first call
                raise TypeError(f"{param} would stand still: leave it open")
        if self.topics and (untold := unwatched(text, self.topics)):
            raise TypeError(f"{', '.join(sorted(untold))}: no topic tells of it")
        compiler.connection = None  # that of this thread, which may end
        return _Text(queryset, compiler, list(_cut(text)), list(params), self.topics)


def attach(owners: Iterable[Any], name: str, rows: Iterable[Any], back: str) -> None:
    """Give each owner its `rows` as if they had been prefetched under `name`; `back`: the foreign
    key by which a row knows its owner.
    """
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[getattr(row, f"{back}_id")].append(row)
    for owner in owners:
        give(owner, name, grouped[owner.pk])
        for row in grouped[owner.pk]:
            setattr(row, back, owner)


def give(owner: Any, name: str, rows: list[Any]) -> None:
    """The same of one owner, and of rows that need not know it."""
    of_owner = getattr(owner, name).get_queryset()
    of_owner._result_cache, of_owner._prefetch_done = rows, True
    owner.__dict__.setdefault("_prefetched_objects_cache", {})[name] = of_owner


def _cut(text: str) -> Iterator[str]:
    """The pieces between the places of parameters; a doubled % stands for itself."""
    begin = 0
    for found in re.finditer("%[s%]", text):
        if found.group() == "%s":
            yield text[begin : found.start()]
            begin = found.end()
    yield text[begin:]


def _nameless(actor: Actor) -> Actor:
    """Somebody of the same role. What else a query asks of them is not there, and fails."""
    user, unit = (Given(name, kind) for name, kind in OF_ACTOR.items())
    appointment = SimpleNamespace(role=actor.role, unit=unit, unit_id=unit)
    return Actor(cast(Any, user), cast(Any, appointment))


def prepared(
    *topics: str, **kinds: Field[Any, Any] | Many
) -> Callable[[Callable[..., QuerySet[Any, R]]], Prepared[R]]:
    """Name each value that is left open, with its field; `topics`: those of all that is read."""

    def of(says: Callable[..., QuerySet[Any, R]]) -> Prepared[R]:
        names = [name for name in signature(says).parameters if name != "actor"]
        if set(names) != set(kinds):
            raise TypeError(f"{says.__name__} leaves open {names}")
        return cast(Prepared[R], update_wrapper(Prepared(says, kinds, topics), says))

    return of
