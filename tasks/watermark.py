"""水印: whether pages and files of a plan carry who looked and when."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tasks.models import Plan
from units import log
from units.actors import Actor
from units.permissions import can_run_the_year, require


def set_watermark(*, plan: Plan, is_on: bool, actor: Actor, now: datetime) -> Plan:
    """Switch it on or off for everybody, from the next page on."""
    require(can_run_the_year(actor))
    with transaction.atomic():
        locked = Plan.objects.select_for_update().get(pk=plan.pk)
        before, locked.has_watermark = locked.has_watermark, is_on
        locked.save(update_fields=["has_watermark"])
        log.record(
            actor=actor,
            action="plan.watermark",
            subject=locked,
            summary=f"{'启用' if is_on else '停用'}水印：{locked}",
            changes={"has_watermark": [before, is_on]},
            now=now,
        )
    return locked
