"""单位推进情况 for the tests: a June that is finalized, drafted and approved."""

from __future__ import annotations

from datetime import date, datetime

from progress.models import Period, PeriodState
from reports.models import Standing
from reports.standings import acts
from tasks.models import Plan
from tests.cast import Cast, at
from units.files.approvals import new_approval
from units.models import Approval, Unit

NOW = at("2022-08-03")
JUNE, TODAY = date(2022, 6, 30), NOW.date()
GROUP = "市直部门"


def finalize_until(plan: Plan, day: date = JUNE) -> Plan:
    """The periods up to `day` are said to be finalized; `freeze` made their judgements."""
    Period.objects.filter(plan=plan, data_as_of__lte=day).update(state=PeriodState.FINALIZED)
    return Plan.objects.prefetch_related("periods").get(pk=plan.pk)


def group_units() -> None:
    """All units of the cast are compared with each other."""
    Unit.objects.update(rank_group=GROUP)


def draft_of(plan: Plan, cast: Cast, day: date = JUNE, now: datetime = NOW) -> Standing:
    made = acts.draft(plan=finalize_until(plan, day), day=day, actor=cast.office, now=now)
    return Standing.objects.select_related("plan").get(pk=made.pk)


def approval_on(cast: Cast, day: date = TODAY) -> Approval:
    return new_approval(
        decided_by="市政府秘书长",
        decided_on=day,
        authority="签批件（示例）",
        actor=cast.office,
        now=NOW,
    )


def approve(standing: Standing, cast: Cast) -> Standing:
    shown = standing.made_at.isoformat()
    return acts.approve(
        standing=standing, approval=approval_on(cast), shown=shown, actor=cast.office, now=NOW
    )


def row_for_address(name: str, plan: Plan, cast: Cast) -> int:
    """What was approved for those who read, a draft for the acts of the office."""
    made = draft_of(plan, cast)
    read = name in ("reports:standing", "reports:standing_unit", "reports:standing_revoke")
    return approve(made, cast).pk if read else made.pk
