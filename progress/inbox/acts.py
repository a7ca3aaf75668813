"""Reading what was told, and saying how to be told."""

from __future__ import annotations

from datetime import datetime, time

from django.db import transaction

from progress.models import Reminder, TellingChoice, TellingRule
from progress.models.reminders import ReminderQuerySet
from units import log
from units.actors import Actor
from units.permissions import can_run_the_year, require


def read(lines: ReminderQuerySet, *, now: datetime) -> int:
    """What was opened counts as read; returns how many lines were new."""
    return lines.filter(read_at=None).order_by().update(read_at=now)


def read_all(*, actor: Actor, now: datetime) -> int:
    """全部已读."""
    return read(Reminder.objects.in_bell_of(actor.user), now=now)


@transaction.atomic
def choose(
    *,
    actor: Actor,
    now: datetime,
    digests_off: list[str],
    notices_off: list[str],
    digest_at: time | None,
) -> TellingChoice:
    """One's own choice."""
    values = {"digests_off": digests_off, "notices_off": notices_off, "digest_at": digest_at}
    choice, _ = TellingChoice.objects.update_or_create(user=actor.user, defaults=values)
    log.record(
        actor=actor,
        action="telling.choose",
        subject=choice,
        summary=f"修改消息设置：{actor.user}",
        changes={**values, "digest_at": str(digest_at or "")},
        now=now,
    )
    return choice


@transaction.atomic
def allow(*, actor: Actor, now: datetime, always: list[str], times: list[str]) -> TellingRule:
    """What everybody may choose: the office."""
    require(can_run_the_year(actor))
    rule, _ = TellingRule.objects.update_or_create(
        pk=1, defaults={"always": always, "times": times}
    )
    log.record(
        actor=actor,
        action="telling.allow",
        subject=rule,
        summary="修改消息规则",
        changes={"always": always, "times": times},
        now=now,
    )
    return rule
