"""What pages show of progress (`units.stamps.shown`)."""

from __future__ import annotations

from progress.models import (
    Adjustment,
    Closure,
    ClosureFigure,
    Evidence,
    HeadlineReading,
    HeldAcceptance,
    Instruction,
    InstructionAnswer,
    InstructionRequest,
    InstructionUnit,
    MatterFile,
    OrderAnswer,
    Period,
    ProgressReport,
    Reading,
    ReportVersion,
    SiteVisit,
    SupervisionOrder,
    SupportRequest,
    TaskOutcome,
    TaskPeriod,
    Urge,
    UrgeSubject,
    VisitDraw,
)
from units.stamps.shown import FINALIZED, LIVE, watch, watch_columns

# what a unit types before it is submitted; drafts are saved every few seconds
TYPED = (
    *("edits", "edited_at", "edited_by_id", "edited_by_name", "is_estimate", "progress"),
    *("problems", "next_steps", "step_answers", "no_progress", "no_progress_reason"),
    *("coordination", "coordination_lead", "coordination_by", "proposed_light", "light_reason"),
    *("explanations", "note"),
)

watch(FINALIZED, TaskPeriod, Period, HeadlineReading)
watch(FINALIZED, Adjustment, Closure, ClosureFigure, TaskOutcome)
watch(LIVE, ProgressReport, HeldAcceptance, SupportRequest)
watch(LIVE, ReportVersion, but=TYPED)
# a figure counts as it was verified, even after the 定稿 it is in
watch_columns(FINALIZED, Reading, "verified", "source")
watch(LIVE, Evidence)
watch_columns(FINALIZED, Evidence, "shown_at", "withdrawn_at")
watch(LIVE, SiteVisit, VisitDraw, Urge, UrgeSubject)
watch(LIVE, Instruction, InstructionUnit, InstructionAnswer, InstructionRequest)
watch(LIVE, Instruction.named_readers.through, Instruction.tasks.through)
watch(LIVE, SupervisionOrder, OrderAnswer, MatterFile)
