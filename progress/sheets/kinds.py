"""Every import of a plan by its word in addresses."""

from __future__ import annotations

from progress.sheets.filing import FilingSheet
from tasks.models import Plan
from units.sheets.running import Import


def import_of(plan: Plan, kind: str) -> Import | None:
    """The import called `kind`; None for an unknown word."""
    known: list[Import] = [FilingSheet(plan)]
    return next((each for each in known if each.kind == kind), None)
