"""Every import of a plan by its word in addresses."""

from __future__ import annotations

from progress.sheets.baselines import BaselineSheet
from progress.sheets.contacts import ContactSheet
from progress.sheets.filing import FilingSheet
from progress.sheets.sub_items import SubItemSheet
from tasks.models import Plan
from units.sheets.running import Import


def import_of(plan: Plan, kind: str) -> Import | None:
    """The import called `kind`; None for an unknown word."""
    known: list[Import] = [
        FilingSheet(plan),
        ContactSheet(plan),
        BaselineSheet(plan),
        SubItemSheet(plan),
    ]
    return next((each for each in known if each.kind == kind), None)
