"""WHO: units, people and the posts they hold, decisions they registered, and the log of what they
did.
"""

from units.models.approvals import Approval
from units.models.calendar_days import CalendarDay, KnownCalendar
from units.models.city import City
from units.models.coming_in import Certificate, CodeKind, OneTimeCode, Tries, TryKind
from units.models.first_run import FirstRun
from units.models.form_keys import FormKey
from units.models.job_runs import JobRun
from units.models.log import LogEntry, LogHead, Repeated
from units.models.passwords import OldPassword, SignedIn
from units.models.people import (
    Appointment,
    Post,
    PostKind,
    PowerKind,
    PowerRequest,
    PowerState,
    Role,
    User,
)
from units.models.saved_views import SavedView
from units.models.sheets import SheetUpload, UploadDay
from units.models.stamps import Stamp
from units.models.units import (
    NO_UNIT,
    GroupMode,
    Unit,
    UnitAlias,
    UnitGroup,
    UnitGroupAlias,
    UnitGroupMember,
    UnitKind,
    UnitName,
)

__all__ = [
    "NO_UNIT",
    "Appointment",
    "Approval",
    "CalendarDay",
    "Certificate",
    "City",
    "CodeKind",
    "FirstRun",
    "FormKey",
    "GroupMode",
    "JobRun",
    "KnownCalendar",
    "LogEntry",
    "LogHead",
    "OldPassword",
    "OneTimeCode",
    "Post",
    "PostKind",
    "PowerKind",
    "PowerRequest",
    "PowerState",
    "Repeated",
    "Role",
    "SavedView",
    "SheetUpload",
    "SignedIn",
    "Stamp",
    "Tries",
    "TryKind",
    "Unit",
    "UnitAlias",
    "UnitGroup",
    "UnitGroupAlias",
    "UnitGroupMember",
    "UnitKind",
    "UnitName",
    "UploadDay",
    "User",
]
