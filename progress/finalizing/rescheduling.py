"""The dates of a period moved for everybody, with a note that is printed wherever the dates are."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from huangshi_tasks.lib import text
from progress.finalizing.notices import tell_dates
from progress.models import Period, ProgressReport
from units import log
from units.actors import Actor
from units.errors import NotNow
from units.permissions import can_run_the_year, require

NAMES = {"opens_on": "开始报送", "due_on": "报送截止", "closes_on": "关闭"}
FINAL = "{period}已定稿，日期不再调整。"
BEFORE = "{period}在启用前，没有单位需要报送，日期不再调整。"
SAME = "日期没有变化。"
ORDER = "开始、截止、关闭日期须依次不早于前者。"
PAST = "新的截止日期不能早于今天，否则已到期的单位无法按时报送。"
OPENED = "本期已开始报送，开始日期不再调整。"
NOTE_LENGTH = 300


def move_period(
    *,
    period: Period,
    opens_on: date,
    due_on: date,
    closes_on: date,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Period:
    """Move the dates for everybody who owes something in the period, and tell them.

    Filings with a date of their own (补报) keep it. What was judged on time stays judged by the
    dates in force: a later deadline makes nobody late.
    """
    require(can_run_the_year(actor))
    new = {"opens_on": opens_on, "due_on": due_on, "closes_on": closes_on}
    with transaction.atomic():
        locked = Period.objects.select_for_update(of=("self",)).get(pk=period.pk)
        locked.plan = period.plan
        old = {name: getattr(locked, name) for name in new}
        _check(locked, old, new, now.date())
        for name, day in new.items():
            setattr(locked, name, day)
        locked.note = _note(old, new, reason)
        locked.save(update_fields=[*new, "note"])
        for name in ("due_on", "closes_on"):  # dates of the period's own filings, one log entry
            kept = ProgressReport.objects.filter(period=locked, **{name: old[name]})
            kept.update(**{name: new[name]})
        tell_dates(locked, now)
        log.record(
            actor=actor,
            action="period.move",
            subject=locked,
            summary=f"调整报送日期：{locked}",
            changes={name: [old[name], new[name]] for name in new if old[name] != new[name]},
            reason=reason,
            now=now,
        )
    return locked


def _check(period: Period, old: dict[str, date], new: dict[str, date], today: date) -> None:
    if period.is_finalized:
        raise NotNow(FINAL.format(period=period))
    if period.is_before:
        raise NotNow(BEFORE.format(period=period))
    if old == new:
        raise NotNow(SAME)
    if not new["opens_on"] <= new["due_on"] <= new["closes_on"]:
        raise NotNow(ORDER)
    if old["opens_on"] != new["opens_on"] and old["opens_on"] <= today:
        raise NotNow(OPENED)
    if old["due_on"] != new["due_on"] and new["due_on"] < today:
        raise NotNow(PAST)


def _note(old: dict[str, date], new: dict[str, date], reason: str) -> str:
    moved = [
        f"{label}由{text.day(old[name])}改为{text.day(new[name])}"
        for name, label in NAMES.items()
        if old[name] != new[name]
    ]
    return f"{'，'.join(moved)}：{reason.strip()}"[:NOTE_LENGTH]
