"""How the tests of the report's pages come to them."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from progress.models import ProgressReport, ReportVersion
from units.actors import Actor

WORDS = "示例：累计改造道路180公里，县道部分正在招标，剩余路段九月开工。"


def browser(actor: Actor) -> Client:
    """Logged in as `actor`."""
    client = Client()
    client.force_login(actor.user)
    return client


def url(report: ProgressReport, name: str = "report") -> str:
    return reverse(f"progress:{name}", args=[report.period.plan.slug, report.pk])


def km_key(report: ProgressReport) -> str:
    """The field of the item's one number."""
    return f"reading:{report.task.indicators.get().pk}::value"


NAMED = re.compile(r'<span data-n="[^"]*"(?: data-of="[^"]*")?>([^<]*)</span>')


def text_of(response: Any) -> str:
    """The page; numbers stand in their sentences without their names."""
    return NAMED.sub(r"\1", response.content.decode())


def base_of(page: str) -> str:
    """The hidden field that remembers what the form showed."""
    found = re.search(r'name="base" value="([^"]*)"', page)
    assert found is not None
    return unescape(found[1])


def latest(report: ProgressReport) -> ReportVersion:
    version = report.latest()
    assert version is not None
    return version


def draft(client: Client, report: ProgressReport, **more: str) -> str:
    """Save a whole draft as its page shows it; returns the page that comes back."""
    data = {"base": base_of(text_of(client.get(url(report)))), "progress": WORDS}
    return text_of(client.post(url(report), data | {km_key(report): "180"} | more, follow=True))
