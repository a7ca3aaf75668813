"""WHO: units, people and the posts they hold, decisions they registered, and the log of what they
did.
"""

from units.models.approvals import Approval
from units.models.calendar_days import CalendarDay, KnownCalendar
from units.models.form_keys import FormKey
from units.models.job_runs import JobRun
from units.models.log import LogEntry, LogHead
from units.models.people import Appointment, Post, PostKind, Role, User
from units.models.sheets import SheetUpload
from units.models.units import (
    NO_UNIT,
    GroupMode,
    Unit,
    UnitAlias,
    UnitGroup,
    UnitGroupMember,
    UnitKind,
)

__all__ = [
    "NO_UNIT",
    "Appointment",
    "Approval",
    "CalendarDay",
    "FormKey",
    "GroupMode",
    "JobRun",
    "KnownCalendar",
    "LogEntry",
    "LogHead",
    "Post",
    "PostKind",
    "Role",
    "SheetUpload",
    "Unit",
    "UnitAlias",
    "UnitGroup",
    "UnitGroupMember",
    "UnitKind",
    "User",
]
