"""What pages show of a plan (`units.stamps.shown`)."""

from __future__ import annotations

from tasks.models import (
    ActionPlan,
    ActionPlanVersion,
    Area,
    Commitment,
    Designation,
    Indicator,
    IndicatorPlan,
    IndicatorShare,
    IndicatorTarget,
    Milestone,
    Naming,
    Plan,
    PlanParagraph,
    PlanRule,
    Portfolio,
    Responsibility,
    SubItem,
    Task,
    TaskCycle,
    TaskDeadline,
    TaskLeader,
    TaskPart,
    Theme,
    Wording,
)
from units.stamps.shown import FINALIZED, LIVE, watch, watch_columns

TYPED = ("content", "edits", "edited_at", "edited_by_id", "edited_by_name")

watch(FINALIZED, Plan, PlanRule, Area, Theme, Task, TaskCycle, TaskDeadline, Wording)
watch(FINALIZED, PlanParagraph, TaskLeader, TaskPart, Commitment)
watch(FINALIZED, Designation, Naming, Portfolio, Task.named_readers.through)
# 签收 and 联系人 come in by the hundred in the first weeks, and are shown as what goes on
RECEIPT = ("received_at", "received_by_id")
watch(FINALIZED, Responsibility, but=RECEIPT)
watch_columns(LIVE, Responsibility, *RECEIPT)
watch(FINALIZED, Indicator, IndicatorTarget, IndicatorPlan, IndicatorShare)
watch(FINALIZED, Milestone, but=("done_on",))
watch_columns(LIVE, Milestone, "done_on")
watch(LIVE, SubItem)
# how many there are bounds what a number can come to
OF_A_THING = tuple(
    str(field.column) for field in SubItem._meta.concrete_fields if field.column != "retired_on"
)
watch(FINALIZED, SubItem, but=OF_A_THING)
watch(FINALIZED, ActionPlan)
watch(LIVE, ActionPlanVersion, but=TYPED)
