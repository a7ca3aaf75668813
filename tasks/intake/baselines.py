"""上年底数: what stood at the end of the year before. Entered by the office."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from tasks.models import Indicator
from units import log
from units.actors import Actor
from units.permissions import can_run_the_year, require


@transaction.atomic
def set_baseline(
    *,
    indicator: Indicator,
    baseline: Decimal | None,
    actor: Actor,
    now: datetime,
    taken_from: int | None = None,
) -> None:
    """Keep the figure, in the indicator's unit of measure; one log entry where it changed.
    `taken_from`: the year whose figure it is.
    """
    require(can_run_the_year(actor))
    locked = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    if locked.baseline == baseline:
        return
    before, locked.baseline = locked.baseline, baseline
    locked.baseline_from = taken_from
    locked.save(update_fields=["baseline", "baseline_from"])
    log.record(
        actor=actor,
        action="indicator.baseline",
        subject=locked,
        summary=f"更新上年底数：{locked}",
        changes={"baseline": [before, baseline]},
        now=now,
    )
