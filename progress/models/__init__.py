"""HOW FAR: periods, what is owed and filed in them, judgements, decisions, evidence, reminders."""

from progress.models.decisions import (
    Adjustment,
    AdjustmentKind,
    Closure,
    ClosureFigure,
    ClosureState,
    DecisionState,
    Outcome,
    TaskOutcome,
    UnitChange,
    UnitChangeKind,
)
from progress.models.evidence import Evidence, EvidenceKind
from progress.models.held import HeldAcceptance
from progress.models.instructions import (
    Instruction,
    InstructionSource,
    InstructionState,
    InstructionUnit,
    Meeting,
    MeetingBasis,
    MeetingDecision,
    UnitRole,
    Urgency,
)
from progress.models.judgements import BoardRow, TaskPeriod
from progress.models.matter_files import MatterFile, MatterFileKind
from progress.models.orders import (
    COLOUR_MEANS,
    OrderAnswer,
    OrderColour,
    OrderState,
    SupervisionOrder,
)
from progress.models.periods import Period, PeriodState
from progress.models.readings import HeadlineReading, MilestoneReading, Reading, SubItemReading
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
    Answer,
    InstructionAnswer,
    InstructionRequest,
    RequestKind,
    RequestState,
)
from progress.models.supports import SupportRequest, SupportState
from progress.models.turns import TurnAnswer, TurnAnswerKind
from progress.models.urges import Channel, Urge, UrgeSubject
from progress.models.visits import SiteVisit, VisitDraw, VisitFinding, VisitState

__all__ = [
    "COLOUR_MEANS",
    "OPEN_DELIVERIES",
    "Adjustment",
    "AdjustmentKind",
    "Answer",
    "BoardRow",
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
    "HeldAcceptance",
    "Instruction",
    "InstructionAnswer",
    "InstructionRequest",
    "InstructionSource",
    "InstructionState",
    "InstructionUnit",
    "MatterFile",
    "MatterFileKind",
    "Meeting",
    "MeetingBasis",
    "MeetingDecision",
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
    "TurnAnswer",
    "TurnAnswerKind",
    "UnitChange",
    "UnitChangeKind",
    "UnitRole",
    "Urge",
    "UrgeSubject",
    "Urgency",
    "VisitDraw",
    "VisitFinding",
    "VisitState",
]
