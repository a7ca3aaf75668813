"""Whom the room tells: a 合并 or 拆分 that could not be carried out on its day."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from progress.models import UnitChange
from progress.telling.notice import TO_DO, tell
from progress.telling.people import holders_of
from units.models import Role

TEXT = "{change}自{day}起，未能生效：{problem}。请核对后撤回重新登记，或处理后等系统每小时再办。"


def tell_problem(change: UnitChange, now: datetime) -> None:
    """The administrators, who keep the units, and 督查室; once a day."""
    day = f"{change.starts_on.month}月{change.starts_on.day}日"
    text = TEXT.format(change=change, day=day, problem=change.problem.rstrip("。"))
    people = holders_of(Role.ADMIN, now.date()) | holders_of(Role.OFFICE, now.date())
    tell(
        people,
        f"unitchange:{change.pk}",
        f"problem:{now:%Y%m%d}",
        text,
        reverse("progress:unit_kept", args=[change.leaving_id]),
        now=now,
        urgency=TO_DO,
        once=True,
    )
