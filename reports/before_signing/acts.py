"""The office answers a line of the list; the answer stays with the paper and in the log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from reports.before_signing.lines import Line
from reports.models import Bulletin
from units import log
from units.actors import Actor
from units.errors import NotNow


@transaction.atomic
def answer(
    *,
    bulletin: Bulletin,
    lines: Sequence[Line],
    chosen: dict[str, str],
    actor: Actor,
    now: datetime,
) -> Bulletin:
    """Keep the choices by the key of their lines; one log entry. Who may is the caller's question.

    Raises `NotNow` when the paper is signed, or the list has changed since it was shown.
    """
    locked = Bulletin.objects.select_for_update(of=("self",)).get(pk=bulletin.pk)
    if not locked.is_editable:
        raise NotNow(f"{locked}当前为“{locked.get_state_display()}”，不能再答复。")
    by_key = {line.key: line for line in lines}
    if not set(chosen) <= set(by_key):
        raise NotNow("列表在打开以后有变化，请核对后重新答复。")
    given = {key: _kept(by_key[key], choice, actor, now) for key, choice in chosen.items()}
    still_open = {key: said for key, said in (locked.answers or {}).items() if key in by_key}
    locked.answers = still_open | given
    locked.save(update_fields=["answers"])
    log.record(
        actor=actor,
        action="bulletin.answer_list",
        subject=locked,
        summary=f"签发前核对：{locked}，答复{len(given)}条",
        changes={said["sentence"]: said["label"] for said in given.values()},
        now=now,
    )
    return locked


def _kept(line: Line, choice: str, actor: Actor, now: datetime) -> dict[str, Any]:
    label = line.label_of(choice)
    if not label:
        raise NotNow(f"请为“{line.sentence}”选择一种办法。")
    return {
        "name": line.name,
        "sentence": line.sentence,
        "members": list(line.members),
        "refs": list(line.refs),
        "choice": choice,
        "label": label,
        "by": actor.name,
        "at": now.isoformat(),
    }


def unanswered(bulletin: Bulletin, lines: Iterable[Line]) -> list[Line]:
    """The lines of the list that nobody has answered as they read now."""
    return [line for line in lines if line.key not in (bulletin.answers or {})]


def keep_open(bulletin: Bulletin, lines: Iterable[Line]) -> None:
    """After newer figures: what was answered of sentences that read otherwise now is open again.
    Saving is the caller's.
    """
    keys = {line.key for line in lines}
    held = bulletin.answers or {}
    bulletin.answers = {key: said for key, said in held.items() if key in keys}
