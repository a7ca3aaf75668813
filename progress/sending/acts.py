"""送审签 of several reports: the same transition as a single one, once for each, with an entry of
its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from progress.lifecycle.by_unit import submit
from progress.sending.page import Begun
from units.actors import Actor
from units.errors import NotNow, Refused

GONE = "已不在可以送审签之列，没有送出"
CHANGED = "页面打开后有改动，请核对后再送"


@dataclass(frozen=True)
class Outcome:
    """What became of one report; `problem` is empty when it was sent."""

    name: str
    problem: str = ""


def send_picked(
    begun: Sequence[Begun], picked: Mapping[int, str], *, actor: Actor, now: datetime
) -> list[Outcome]:
    """Send what was picked and is complete at this moment. `picked`: report id → the stamp that was
    read. One that cannot be sent keeps none of the others back.
    """
    found = {each.report.pk: each for each in begun}
    return [
        _send_one(found[pk], seen, actor, now) if pk in found else Outcome("所选进展", GONE)
        for pk, seen in picked.items()
    ]


def _send_one(begun: Begun, seen: str, actor: Actor, now: datetime) -> Outcome:
    name = str(begun.report)
    if begun.version.stamp != seen:
        return Outcome(name, CHANGED)
    try:
        submit(report=begun.report, actor=actor, now=now, look=begun.look)
    except (NotNow, Refused) as problem:
        return Outcome(name, str(problem).rstrip("。"))
    return Outcome(name)
