"""What pages show of people and units (`units.stamps.shown`)."""

from __future__ import annotations

from units.models import (
    Appointment,
    Approval,
    CalendarDay,
    City,
    KnownCalendar,
    Post,
    SavedView,
    Unit,
    UnitAlias,
    UnitGroup,
    UnitGroupAlias,
    UnitGroupMember,
    UnitName,
    User,
)
from units.stamps.shown import FINALIZED, LIVE, watch, watch_columns

watch(FINALIZED, Appointment, Approval, CalendarDay, City, KnownCalendar, Post)
watch(FINALIZED, Unit, UnitAlias, UnitGroup, UnitGroupAlias, UnitGroupMember, UnitName)
# when somebody logged in is shown nowhere but on pages of accounts; that nobody ever did, to the
# office (尚无联系人使用)
# rarely written; the menu of a list is asked for on every visit, also of a kept page
watch(LIVE, SavedView)
watch(FINALIZED, User, but=("last_login",))
watch_columns(LIVE, User, "last_login", filled=True)
