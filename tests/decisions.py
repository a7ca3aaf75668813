"""What is decided elsewhere, as the tests register it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from progress.adjustments.acts import register_adjustment, request_adjustment
from progress.models import Adjustment
from tasks.models import Task
from tests.cast import Cast, at
from units.actors import Actor
from units.files.approvals import new_approval
from units.models import Approval

NOW = at("2022-08-03")
DECIDED_ON = date(2022, 7, 29)


def approved(cast: Cast, on: date = DECIDED_ON, now: datetime = NOW) -> Approval:
    """By the 市政府常务会议, not saved."""
    return new_approval(
        decided_by="市政府常务会议",
        decided_on=on,
        authority="示例纪要第8号",
        actor=cast.office,
        now=now,
    )


def adjusted(
    cast: Cast,
    task: Task,
    kind: str,
    starts_on: date,
    *,
    detail: dict[str, Any] | None = None,
    ends_on: date | None = None,
    by: Actor | None = None,
    decided_on: date = DECIDED_ON,
    now: datetime = NOW,
) -> Adjustment:
    """An adjustment of `task`, asked for and registered."""
    asked = request_adjustment(
        task=task,
        kind=kind,
        reason="示例：等待上级规划。",
        starts_on=starts_on,
        ends_on=ends_on,
        detail=detail or {},
        actor=by or cast.office,
        now=now,
    )
    approval = approved(cast, decided_on, now)
    return register_adjustment(adjustment=asked, approval=approval, actor=cast.office, now=now)


def everybody(cast: Cast) -> list[Actor]:
    """Of each role one, who may decide or may not."""
    return [cast.office, cast.reporter, cast.signer, cast.leader, cast.admin, cast.auditor]
