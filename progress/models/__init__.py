"""HOW FAR: periods, what is owed and filed in them, judgements, decisions, evidence, reminders."""

from progress.models.answers import Answer
from progress.models.decisions import (
    Adjustment,
    AdjustmentKind,
    Closure,
    ClosureState,
    DecisionState,
    Outcome,
)
from progress.models.evidence import Evidence, EvidenceKind
from progress.models.instructions import (
    Instruction,
    InstructionSource,
    InstructionState,
    InstructionUnit,
    UnitRole,
    Urgency,
)
from progress.models.judgements import TaskPeriod
from progress.models.matter_files import MatterFile, MatterFileKind
from progress.models.orders import (
    COLOUR_MEANS,
    OrderAnswer,
    OrderColour,
    OrderState,
    SupervisionOrder,
)
from progress.models.outcomes import ClosureFigure, TaskOutcome
from progress.models.periods import Period, PeriodState
from progress.models.readings import HeadlineReading, MilestoneReading, Reading
from progress.models.reminders import (
    OPEN_DELIVERIES,
    Delivery,
    DeliveryState,
    Message,
    Reminder,
    ReminderState,
)
from progress.models.reports import (
    Decision,
    Duty,
    ProgressReport,
    ReportState,
    ReportVersion,
    Signature,
)
from progress.models.requests import (
    InstructionAnswer,
    InstructionRequest,
    RequestKind,
    RequestState,
)
from progress.models.sub_items import SubItemReading
from progress.models.supports import SupportRequest, SupportState
from progress.models.urges import Channel, Urge, UrgeSubject
from progress.models.visits import SiteVisit, VisitDraw, VisitFinding, VisitState

__all__ = [
    "COLOUR_MEANS",
    "OPEN_DELIVERIES",
    "Adjustment",
    "AdjustmentKind",
    "Answer",
    "Channel",
    "Closure",
    "ClosureFigure",
    "ClosureState",
    "Decision",
    "DecisionState",
    "Delivery",
    "DeliveryState",
    "Duty",
    "Evidence",
    "EvidenceKind",
    "HeadlineReading",
    "Instruction",
    "InstructionAnswer",
    "InstructionRequest",
    "InstructionSource",
    "InstructionState",
    "InstructionUnit",
    "MatterFile",
    "MatterFileKind",
    "Message",
    "MilestoneReading",
    "OrderAnswer",
    "OrderColour",
    "OrderState",
    "Outcome",
    "Period",
    "PeriodState",
    "ProgressReport",
    "Reading",
    "Reminder",
    "ReminderState",
    "ReportState",
    "ReportVersion",
    "RequestKind",
    "RequestState",
    "Signature",
    "SiteVisit",
    "SubItemReading",
    "SupervisionOrder",
    "SupportRequest",
    "SupportState",
    "TaskOutcome",
    "TaskPeriod",
    "UnitRole",
    "Urge",
    "UrgeSubject",
    "Urgency",
    "VisitDraw",
    "VisitFinding",
    "VisitState",
]
