"""WHAT: one year's plan, its items, who answers for them, and the numbers they promise."""

from tasks.models.action_plans import (
    ActionPlan,
    ActionPlanState,
    ActionPlanVersion,
    Naming,
    NamingState,
)
from tasks.models.areas import Area, Theme
from tasks.models.changes import TaskCycle, Wording
from tasks.models.indicators import (
    Comparator,
    Direction,
    Indicator,
    IndicatorKind,
    IndicatorPlan,
    IndicatorShare,
    IndicatorTarget,
    Milestone,
)
from tasks.models.items import (
    Cycle,
    ResponsibilityRole,
    Task,
    TaskDeadline,
    TaskKind,
    Tracking,
    Visibility,
)
from tasks.models.plans import Plan, PlanRule, PlanState
from tasks.models.responsibilities import (
    Designation,
    Portfolio,
    PortfolioKind,
    Responsibility,
)
from tasks.models.sub_items import SubItem, SubItemStage

__all__ = [
    "ActionPlan",
    "ActionPlanState",
    "ActionPlanVersion",
    "Area",
    "Comparator",
    "Cycle",
    "Designation",
    "Direction",
    "Indicator",
    "IndicatorKind",
    "IndicatorPlan",
    "IndicatorShare",
    "IndicatorTarget",
    "Milestone",
    "Naming",
    "NamingState",
    "Plan",
    "PlanRule",
    "PlanState",
    "Portfolio",
    "PortfolioKind",
    "Responsibility",
    "ResponsibilityRole",
    "SubItem",
    "SubItemStage",
    "Task",
    "TaskCycle",
    "TaskDeadline",
    "TaskKind",
    "Theme",
    "Tracking",
    "Visibility",
    "Wording",
]
