"""The last day on which named units may check a bulletin, when the working days change under it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from progress.due_days.affected import Calendars, Moving, changed
from reports.bulletins.lines import lines_of
from reports.bulletins.notices import tell_postponed
from reports.models import Bulletin, BulletinState


def days_to_check(calendars: Calendars) -> Iterator[Moving]:
    """Of every bulletin that units are checking; a day off is none on which they can."""
    checked = Bulletin.objects.filter(state=BulletinState.CHECKING)
    for each in checked.select_related("plan", "period"):
        if (stored := each.check_until) is not None:
            days = changed(check_until=("核对截止", stored, calendars.typed(stored)))
            yield Moving(each, "通报", each.get_absolute_url(), days, partial(_tell, each))


def _tell(bulletin: Bulletin, rung: str, sentence: str, now: datetime) -> None:
    tell_postponed(bulletin, lines_of(bulletin), rung, sentence, now)
