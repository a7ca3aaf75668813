"""The mechanism of transitions: the only writer of a status. The tables are in each app's
`workflow.py`.

One order of events, always: lock the row, check the permission, then the source state (whoever may
not do it is not told how it stands), stamp, save with `update_fields`, write one log entry, tell
who listens; all in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.dispatch import Signal

from units import log
from units.actors import Actor
from units.asking.prepared import prepared
from units.errors import NotNow
from units.log.closed import may_write
from units.permissions import Verdict, require

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Transition(Generic[M]):
    """One arrow of a state diagram. `label` is the verb on the button."""

    name: str
    label: str
    sources: frozenset[str]
    target: str
    may: Callable[[Actor, M], Verdict]


class Table(Generic[M]):
    """The transitions of one model's status field; draws the buttons and checks the POST."""

    def __init__(
        self,
        model: type[M],
        transitions: Iterable[Transition[M]],
        *,
        field: str = "state",
        related: Sequence[str] = (),
    ) -> None:
        """`related`: the parents that every transition asks about, read with the locked row."""
        self.model = model
        self.related = related
        self._locked = prepared(pk=models.IntegerField())(self._row_to_lock)
        self.field = field
        self.transitions = {transition.name: transition for transition in transitions}
        # sent inside the transaction: apps above hear of what happens in one below
        self.moved = Signal()

    def available(self, obj: M, actor: Actor) -> list[Transition[M]]:
        """What `actor` may do with `obj` now, in the order of the table."""
        state = getattr(obj, self.field)
        return [
            t
            for t in self.transitions.values()
            if state in t.sources and t.may(actor, obj) and may_write(obj, self._action(t.name))
        ]

    def perform(
        self,
        name: str,
        obj: M,
        *,
        actor: Actor,
        now: datetime,
        stamp: Callable[[M], Iterable[str]] | None = None,
        reason: str = "",
        details: dict[str, Any] | None = None,
    ) -> M:
        """Carry out one transition on the locked row and return that fresh row.

        `stamp` changes the locked object inside the transaction and names the fields it changed;
        `details` goes into the log entry, and `stamp` may still fill it.
        Raises `NotNow` when the state does not allow it, `Refused` when the actor may not.
        """
        transition = self.transitions[name]
        with transaction.atomic():
            locked = self.lock(obj)
            before = getattr(locked, self.field)
            self.require(name, locked, actor)
            fields = list(stamp(locked)) if stamp is not None else []
            setattr(locked, self.field, transition.target)
            locked.save(update_fields=[self.field, *fields])
            log.record(
                actor=actor,
                action=self._action(name),
                subject=locked,
                summary=f"{transition.label}：{locked}",
                changes={self.field: [before, transition.target], **(details or {})},
                reason=reason,
                now=now,
            )
            self.moved.send(self.model, instance=locked, name=name, reason=reason, now=now)
        return locked

    def require(self, name: str, locked: M, actor: Actor) -> None:
        """Raise what `perform` would: `Refused` for the actor, then `NotNow` for the state."""
        transition = self.transitions[name]
        self.permit(name, locked, actor)
        require(may_write(locked, self._action(name)))
        if getattr(locked, self.field) not in transition.sources:
            raise NotNow(f"{self._describe(locked)}，不能{transition.label}。请刷新页面。")

    def permit(self, name: str, obj: M, actor: Actor) -> None:
        """Raise `Refused` for the actor: before a verb says anything of how the row stands."""
        require(self.transitions[name].may(actor, obj))

    def lock(self, obj: M) -> M:
        """The row as it is, for this transaction alone."""
        locked = self._locked.first(pk=obj.pk)
        if locked is None:
            raise ObjectDoesNotExist(f"{self.model.__name__} {obj.pk}")
        return locked

    def _row_to_lock(self, pk: Any) -> models.QuerySet[M]:
        rows = self.model._default_manager.select_for_update(of=("self",)).filter(pk=pk)
        return rows.select_related(*self.related) if self.related else rows

    def _action(self, name: str) -> str:
        """As the log calls it."""
        return f"{self.model._meta.model_name}.{name}"

    def _describe(self, obj: M) -> str:
        label = getattr(obj, f"get_{self.field}_display")()
        return f"{obj}当前为“{label}”"


def any_of(*states: str) -> frozenset[str]:
    """The states that a transition may start from."""
    return frozenset(str(state) for state in states)
