"""Whom a 核查 tells: the leads of the item."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from huangshi_tasks.lib import text as words
from progress.models import SiteVisit
from progress.telling.notice import DECIDED, tell
from progress.telling.people import leads_of, people_of


def tell_visited(visit: SiteVisit, now: datetime) -> None:
    """Tell the leads what a 核查 found: at once where something is to be mended, else when it is
    closed.
    """
    found = f"{visit.get_kind_display()}结论为{visit.get_finding_display()}"
    if visit.closed_at is not None:
        rung = "closed"
        mended = "，整改情况已登记" if visit.mended_on else ""
        text = f"{visit.task}：核查已完成，{found}{mended}。{visit.text}"
    else:
        assert visit.mend_by is not None
        rung = "mend"
        text = f"{visit.task}：{found}，请于{words.day(visit.mend_by)}前完成整改。{visit.text}"
    link = reverse("progress:visit", args=[visit.task.plan.slug, visit.pk])
    people = people_of(*leads_of(visit.task, now.date()), day=now.date())
    tell(people, f"visit:{visit.pk}", rung, text, link, now=now, urgency=DECIDED)
