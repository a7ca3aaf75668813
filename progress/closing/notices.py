"""Whom 办结销号 tells: the office of a claim, the leads of the item of what became of it."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from progress.models import Closure
from progress.telling.notice import DECIDED, tell
from progress.telling.people import People, holders_of, leads_of, people_of
from units.models import Role


def tell_claimed(closure: Closure, now: datetime) -> None:
    """Tell the office that a unit claims completion."""
    text = f"{closure.task}：{closure.claimed_by_name}申请办结，请核查。"
    _tell(closure, holders_of(Role.OFFICE, now.date()), "asked", text, now)


def tell_closure(closure: Closure, outcome: str, answer: str, now: datetime) -> None:
    """Tell the leads what became of the claim."""
    people = people_of(*leads_of(closure.task, now.date()), day=now.date())
    rung = f"{closure.state}:{now:%m%d%H%M%S}"
    _tell(closure, people, rung, f"{closure.task}：{outcome}。{answer}", now)


def _tell(closure: Closure, people: People, rung: str, text: str, now: datetime) -> None:
    link = reverse("progress:closure", args=[closure.task.plan.slug, closure.pk])
    tell(people, f"closure:{closure.pk}", rung, text, link, now=now, urgency=DECIDED)
