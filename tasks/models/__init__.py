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
from tasks.models.commitments import Commitment, CommitmentDecision
from tasks.models.drafts import (
    DraftAct,
    DraftState,
    KnownTable,
    LeftOpen,
    NoticeDraft,
    NoticeSource,
    SourceKind,
)
from tasks.models.indicators import (
    REPORTING,
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
    TaskLeader,
    TaskPart,
    Tracking,
    Visibility,
)
from tasks.models.plans import ParagraphKind, Plan, PlanParagraph, PlanRule, PlanState
from tasks.models.responsibilities import (
    Designation,
    Portfolio,
    PortfolioKind,
    Responsibility,
)
from tasks.models.sub_items import SubItem, SubItemStage

__all__ = [
    "REPORTING",
    "ActionPlan",
    "ActionPlanState",
    "ActionPlanVersion",
    "Area",
    "Commitment",
    "CommitmentDecision",
    "Comparator",
    "Cycle",
    "Designation",
    "Direction",
    "DraftAct",
    "DraftState",
    "Indicator",
    "IndicatorKind",
    "IndicatorPlan",
    "IndicatorShare",
    "IndicatorTarget",
    "KnownTable",
    "LeftOpen",
    "Milestone",
    "Naming",
    "NamingState",
    "NoticeDraft",
    "NoticeSource",
    "ParagraphKind",
    "Plan",
    "PlanParagraph",
    "PlanRule",
    "PlanState",
    "Portfolio",
    "PortfolioKind",
    "Responsibility",
    "ResponsibilityRole",
    "SourceKind",
    "SubItem",
    "SubItemStage",
    "Task",
    "TaskCycle",
    "TaskDeadline",
    "TaskKind",
    "TaskLeader",
    "TaskPart",
    "Theme",
    "Tracking",
    "Visibility",
    "Wording",
]
