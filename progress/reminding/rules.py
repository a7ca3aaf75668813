"""The office's own ladders: a change holds from the next day on; what was told stays as it was."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from progress.reminding.ladder import BASES, DEFAULTS, LABELS, MOST_DAYS, OFFICE, Ladder
from progress.reminding.ladders import PREFIX, ladders_of, written
from tasks.models import Plan, PlanRule
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.permissions import can_run_the_year, require

ONE_DAY = timedelta(days=1)


def set_ladder(*, plan: Plan, kind: str, ladder: Ladder, actor: Actor, now: datetime) -> PlanRule:
    """Let `ladder` hold for `kind` from tomorrow on. An empty one switches its reminders off."""
    require(can_run_the_year(actor))
    _check(kind, ladder)
    tomorrow = now.date() + ONE_DAY
    before = written(ladders_of(plan, tomorrow)[kind])
    with transaction.atomic():
        rules = PlanRule.objects.select_for_update().filter(plan=plan, key=PREFIX + kind)
        held = rules.open_ended().first()
        if held is not None and held.starts_on < tomorrow:
            held.ends_on = now.date()
            held.save(update_fields=["ends_on"])
            held = None
        rule = held or PlanRule(plan=plan, key=PREFIX + kind, starts_on=tomorrow)
        rule.value = written(ladder)
        rule.save()
        log.record(
            actor=actor,
            action="ladder.set",
            subject=rule,
            summary=f"设置提醒：{LABELS[kind]}",
            changes={"ladder": [before, rule.value], "starts_on": tomorrow},
            now=now,
        )
    return rule


def _check(kind: str, ladder: Ladder) -> None:
    """The same day twice is a slip; a rung that tells nobody is none."""
    if kind not in DEFAULTS:
        raise NotNow("没有这类提醒。")
    offsets = [rung.offset for rung in ladder]
    if len(offsets) != len(set(offsets)):
        raise NotNow("同一天只能设一次，请合并后保存。")
    if any(not rung.tells for rung in ladder):
        raise NotNow("每一次提醒都要选择提醒对象。")
    if any(abs(rung.offset or 0) > MOST_DAYS for rung in ladder):
        raise NotNow(f"提醒日不能离{BASES[kind]}超过{MOST_DAYS}个工作日。")


def words_of(kind: str, offset: int | None) -> str:
    """截止日前2个工作日 and the like."""
    if offset is None:
        return "开始当日"
    if offset == 0:
        return BASES[kind]
    side = "后" if offset > 0 else "前"
    return f"{BASES[kind]}{side}{abs(offset)}个工作日"


ROLE_WORDS = {"reporter": "联络员", "signer": "单位负责人", OFFICE: "督查室"}
