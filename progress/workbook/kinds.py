"""Every import of a year by its word in addresses."""

from __future__ import annotations

from progress.duties.sheet import ContactSheet
from progress.sub_items.sheet import SubItemSheet
from progress.workbook.filing import FilingSheet
from tasks.models import Plan
from tasks.sheets.action_plans import ActionPlanSheet
from tasks.sheets.baselines import BaselineSheet
from units.sheets.running import Import


def imports_of(plan: Plan) -> list[Import]:
    """All of them, in the order in which people need them."""
    return [
        FilingSheet(plan),
        ContactSheet(plan),
        ActionPlanSheet(plan),
        SubItemSheet(plan),
        BaselineSheet(plan),
    ]


def import_of(plan: Plan, kind: str) -> Import | None:
    """The import called `kind`; None for an unknown word."""
    return next((each for each in imports_of(plan) if each.kind == kind), None)
