"""An archived year is only read: what belongs to it is found by its row, and refused to every act.

The doors of the pages (`tasks.access.may_write_in`) say the same before anything is read.
"""

from __future__ import annotations

from django.db import models

from tasks.models import Plan, PlanState
from units.permissions import ALLOWED, Verdict, denied
from units.stamps.small import found_once

ARCHIVED = "{plan.year}年度已归档，只能查看和导出；确需更正或补办的，请督查室按决定重新打开。"
# what is above a row, from the nearest on
PARENTS = (
    "period",
    "task",
    "responsibility",
    "designation",
    "indicator",
    "report",
    "version",
    "instruction",
    "order",
    "adjustment",
    "closure",
    "visit",
    "bulletin",
    "standing",
    "draft",
)
# its own life, what is taken out of it, what machines note of files, and what another year is
# given of it
STILL_DONE = frozenset(
    {
        "plan.activate",
        "plan.archive",
        "plan.reopen",
        "plan.load",
        "export",
        "evidence.infected",
        "noticesource.clear",
        "task.carry_over",
    }
)
TAKEN_OUT = ("export.",)
READ = (".download",)


def may_change(row: models.Model, action: str) -> Verdict:
    """Whether an act on `row` is one on a year that is not archived; no query while none is."""
    if action in STILL_DONE or action.startswith(TAKEN_OUT) or action.endswith(READ):
        return ALLOWED
    closed = archived_years()
    year = year_of(row) if closed else None
    if year not in closed:
        return ALLOWED
    return denied(ARCHIVED.format(plan=Plan.objects.get(pk=year)))


def year_of(row: models.Model) -> int | None:
    """The id of the plan to which `row` belongs; None where it belongs to none."""
    if isinstance(row, Plan):
        return row.pk
    plan: int | None = getattr(row, "plan_id", None)
    if plan is not None:
        return plan
    for name in PARENTS:
        if getattr(row, f"{name}_id", None) is not None:
            return year_of(getattr(row, name))
    return None


def archived_years() -> frozenset[int]:
    """Their ids."""
    return found_once(_archived)


def _archived() -> frozenset[int]:
    found = Plan.objects.filter(state=PlanState.ARCHIVED)
    return frozenset(found.values_list("pk", flat=True))
