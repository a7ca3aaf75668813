"""HOW FAR: periods, what is owed and filed in them, judgements, decisions, evidence, reminders."""

from progress.models.decisions import (
    Adjustment,
    AdjustmentKind,
    Closure,
    ClosureState,
    DecisionState,
    Outcome,
)
from progress.models.evidence import Evidence, EvidenceKind
from progress.models.judgements import TaskPeriod
from progress.models.periods import Period, PeriodState
from progress.models.readings import HeadlineReading, MilestoneReading, Reading
from progress.models.reminders import Reminder, ReminderState
from progress.models.reports import (
    Decision,
    Duty,
    ProgressReport,
    ReportState,
    ReportVersion,
    Signature,
)
from progress.models.sub_items import SubItemReading
from progress.models.visits import SiteVisit, VisitDraw, VisitFinding, VisitState

__all__ = [
    "Adjustment",
    "AdjustmentKind",
    "Closure",
    "ClosureState",
    "Decision",
    "DecisionState",
    "Duty",
    "Evidence",
    "EvidenceKind",
    "HeadlineReading",
    "MilestoneReading",
    "Outcome",
    "Period",
    "PeriodState",
    "ProgressReport",
    "Reading",
    "Reminder",
    "ReminderState",
    "ReportState",
    "ReportVersion",
    "Signature",
    "SiteVisit",
    "SubItemReading",
    "TaskPeriod",
    "VisitDraw",
    "VisitFinding",
    "VisitState",
]
