"""Files of a request or a claim: its evidence. The scan of an approval: `units.approval_files`."""

from __future__ import annotations

from progress.models import Adjustment, Closure, Evidence, EvidenceKind
from progress.uploads import attach
from units.http import Request
from units.uploads import Checked


def add_evidence(
    request: Request, checked: Checked | None, decision: Adjustment | Closure
) -> Evidence | None:
    """Keep the file with a request or a claim; one log entry."""
    if checked is None:
        return None
    actor = request.actor
    link = "closure" if isinstance(decision, Closure) else "adjustment"
    return attach(
        checked=checked,
        kind=EvidenceKind.EVIDENCE,
        task=decision.task,
        unit=actor.unit if actor.is_of_a_unit else None,
        subject=decision,
        actor=actor,
        now=request.now,
        **{link: decision},
    )
