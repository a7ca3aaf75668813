"""No page of an archived year holds a form, a button or a link that writes in that year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from tasks.access import WRITING
from tasks.models import Plan, PlanState
from tests.access_table import READING, ROLES
from tests.addresses import SmallYear, address, names
from units.stamps import memory

# once made is enough: what is kept is compared with what would be made elsewhere
pytestmark = [pytest.mark.django_db, pytest.mark.kept]
TAG = re.compile(r"<(form|a|button|input|select|textarea)\b([^>]*)>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
# what is asked of a year after its 归档
STILL_DONE = {
    "reports:plan_reopen": "a closed year is opened again by decision",
    "reports:archive": "the package is made of a closed year too",
    "reports:export_cancel": "what is being taken out may be stopped",
}
# no pages: files, JSON, pieces that are fetched
FILES = re.compile(r"_(excel|word|file|print|scan|template|preview|original|csv)$|:workbook$")


def view_of(path: str, year: SmallYear) -> str:
    """The view of an address of the year; empty for any other."""
    try:
        match = resolve(urlsplit(path).path)
    except Resolver404:
        return ""
    return match.view_name if match.kwargs.get("slug") == year.plan.slug else ""


def acts_on(html: str, path: str, year: SmallYear) -> Iterator[str]:
    """Views of the year that the page would write by, and pages it leads to that only write."""
    for tag, rest in TAG.findall(html):
        found = dict(ATTRIBUTE.findall(rest))
        if tag == "form" and found.get("method", "").lower() == "post":
            yield view_of(found.get("action") or path, year)
        for key in ("formaction", "hx-post"):
            if key in found:
                yield view_of(found[key], year)
        if tag == "a" and (name := view_of(found.get("href", ""), year)) in WRITING:
            yield name


def doors(year: SmallYear) -> dict[str, Client]:
    found = {}
    for role, actor in year.actors.items():
        if actor is not None:
            found[role] = Client()
            found[role].force_login(actor.user)
    return found


def readers(name: str) -> list[str]:
    """The roles that have the page while the year is open."""
    answers = dict(zip(ROLES, READING[name].split(), strict=True))
    return [role for role, answer in answers.items() if answer == "200" and role != "anonymous"]


def test_no_page_of_an_archived_year_writes_in_it(year: SmallYear) -> None:
    clients, looked = doors(year), 0
    for name in names():
        who = readers(name)
        if FILES.search(name) or not who:
            continue
        with transaction.atomic():
            path = address(name, year)
            if not path.startswith(f"/{year.plan.slug}/"):
                continue
            Plan.objects.filter(pk=year.plan.pk).update(state=PlanState.ARCHIVED)
            memory.forget()
            cache.clear()
            for role in who:
                answer = clients[role].get(path)
                looked += 1
                if name in WRITING:
                    assert answer.status_code == 403, (role, name)
                    assert "已归档，只能查看和导出" in answer.content.decode(), (role, name)
                if answer.streaming or "html" not in answer["Content-Type"]:
                    continue
                found = set(acts_on(answer.content.decode(), path, year)) - {""}
                assert found <= set(STILL_DONE), (role, name)
            transaction.set_rollback(True)
    assert looked > 300


def test_in_an_open_year_the_same_pages_write(year: SmallYear) -> None:
    """What the test above looks for is there to be found."""
    office, found = doors(year)["office"], set()
    for name in ("tasks:change", "progress:review", "progress:visits", "reports:office"):
        with transaction.atomic():
            path = address(name, year)
            found |= set(acts_on(office.get(path).content.decode(), path, year))
            transaction.set_rollback(True)
    assert {"tasks:change_wording", "progress:accept", "progress:visit_draw"} <= found
    assert "progress:review_report" in found


def test_pages_that_only_write_are_pages() -> None:
    assert set(READING) >= WRITING
