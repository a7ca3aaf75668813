"""Who may state where a figure comes from and how it is counted; the one act that writes it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from tasks.models import REPORTING, Indicator
from units import log
from units.actors import Actor
from units.permissions import ALLOWED, Verdict, denied, require

NAMES = ("data_source", "definition", "remark")
BY_OFFICE = "来源和口径已经填过，需要更改的，请联系督查室。"
NOT_YOURS = "来源和口径由填报此项指标的单位或督查室填写。"


def can_state(actor: Actor, indicator: Indicator, today: date) -> Verdict:
    """The office always; the unit that reports the figure until something is stated."""
    if actor.is_office:
        return ALLOWED
    reporter = indicator.reporter_on(today)
    if reporter is None or actor.unit is None or reporter.unit_id != actor.unit.pk:
        return denied(NOT_YOURS)
    return denied(BY_OFFICE) if indicator.is_stated else ALLOWED


@transaction.atomic
def state(
    *,
    indicator: Indicator,
    data_source: str,
    definition: str,
    remark: str,
    actor: Actor,
    now: datetime,
) -> Indicator:
    """Keep what is stated; one log entry where it changed. No judgement depends on it."""
    related = Indicator.objects.select_for_update(of=("self",)).select_related("task", *REPORTING)
    locked = related.get(pk=indicator.pk)
    require(can_state(actor, locked, now.date()))
    new = {"data_source": data_source, "definition": definition, "remark": remark}
    changes = {
        name: [getattr(locked, name), value]
        for name, value in new.items()
        if getattr(locked, name) != value
    }
    if not changes:
        return locked
    for name, value in new.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(NAMES))
    log.record(
        actor=actor,
        action="indicator.state",
        subject=locked,
        summary=f"填写数据来源和口径：{locked}",
        changes=changes,
        now=now,
    )
    return locked
