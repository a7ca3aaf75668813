"""Whom 办结销号 tells: the leads of the item."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from progress.models import Closure
from progress.telling.leads import (
    _leads,
    _tell,
)


def tell_closure(closure: Closure, outcome: str, answer: str, now: datetime) -> None:
    """Tell the leads what became of the claim."""
    text = f"{closure.task}：{outcome}。{answer}"
    link = reverse("progress:closure", args=[closure.task.plan.slug, closure.pk])
    rung = f"{closure.state}:{now:%m%d%H%M%S}"
    _tell(f"closure:{closure.pk}", rung, text, link, _leads(closure.task, now), now)
