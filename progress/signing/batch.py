"""批量审签: the same transition as a single signature, once for each report; each its own entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from progress.checking.look import examine
from progress.lifecycle.by_unit import sign
from progress.models import ProgressReport
from progress.signing.queue import SigningRow
from units.actors import Actor
from units.errors import NotNow, Refused

GONE = "已不在待审签之列，没有审签"


@dataclass(frozen=True)
class Outcome:
    """What became of one report; `problem` is empty when it was signed."""

    name: str
    problem: str = ""


def sign_picked(
    rows: Mapping[int, SigningRow], picked: Mapping[int, str], *, actor: Actor, now: datetime
) -> list[Outcome]:
    """Sign the picked reports that have no findings. `picked`: report id → the stamp that was read.

    One that cannot be signed keeps none of the others back.
    """
    return [
        _sign_one(rows[pk].report, rows[pk], seen, actor, now)
        if pk in rows
        else Outcome("所选进展", GONE)
        for pk, seen in picked.items()
    ]


def _sign_one(
    report: ProgressReport, row: SigningRow, seen: str, actor: Actor, now: datetime
) -> Outcome:
    if found := examine(row.version).findings:
        return Outcome(str(report), f"有{len(found)}条提示，请打开后逐项审签")
    try:
        sign(report=report, actor=actor, now=now, seen=seen)
    except (NotNow, Refused) as problem:
        return Outcome(str(report), str(problem).rstrip("。"))
    return Outcome(str(report))
