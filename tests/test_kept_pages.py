"""Kept pages: never stale, nobody's own in them, and served at two queries."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from openpyxl import load_workbook

from huangshi_tasks.lib import clock
from progress.finalizing.finalize import finalize
from progress.lifecycle import by_office
from progress.models import Period, ProgressReport, Reading, ReportVersion
from reports.excel.book import Sheet
from reports.excel.writing import Parts, parts_of
from reports.exports import views_excel
from reports.workbooks.shelf import WORKBOOKS
from tasks.models import Milestone, Plan, Task, Visibility
from tests.access_table import READING, ROLES
from tests.addresses import SmallYear, address
from tests.cast import at, make_actor
from tests.creating import CREATING, sent
from tests.kept_pages import plain
from tests.month import third_of_august
from tests.sampling import sampled
from units.models import LogEntry, Role, Unit, User
from units.pages import kept
from units.people.middleware import SESSION_OVER
from units.stamps import memory
from units.stamps.current import current
from units.stamps.shown import FINALIZED

__all__ = ["third_of_august"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august", "as_served")]
Doors = list[tuple[Client, str]]
WATCHING = ("office", "reporter", "leader")


def kept_addresses() -> list[str]:
    """Every address whose view keeps its page."""
    found = []
    for app in get_resolver().url_patterns:
        for each in getattr(app, "url_patterns", []):
            if getattr(each.callback, "keeps", False):
                found.append(f"{getattr(app, 'namespace', '')}:{each.name}")
    return found


@pytest.fixture
def doors(year: SmallYear) -> Doors:
    """A client of each role with each kept page that it may open."""
    clients = {role: browser(year, role) for role in WATCHING}
    found = []
    for name in kept_addresses():
        if "standing" in name:  # the row of one finalizes June, which other acts need open
            continue
        url = address(name, year)
        for role, client in clients.items():
            if READING[name].split()[ROLES.index(role)] == "200":
                found.append((client, url))
    return found


def browser(year: SmallYear, role: str) -> Client:
    client, actor = Client(), year.actors[role]
    assert actor is not None
    client.force_login(actor.user)
    return client


def open_all(doors: Doors) -> None:
    """Makes what is not kept; what is kept is compared (`tests.kept_pages.never_stale`)."""
    for client, url in doors:
        assert client.get(url).status_code in (200, 404), url  # an act may restrict the item


def open_all_twice(doors: Doors) -> None:
    """What a process makes that remembers is also compared with what one makes that does not."""
    open_all(doors)
    memory.forget()
    open_all(doors)


def test_the_reading_pages_are_kept() -> None:
    names = set(kept_addresses())
    assert names >= {"reports:overview", "reports:ledger", "reports:projects", "reports:item"}
    assert "progress:report" not in names


@pytest.mark.parametrize("name", sampled(sorted(CREATING), 3))
def test_no_act_leaves_a_stale_page(name: str, year: SmallYear, doors: Doors) -> None:
    open_all(doors)
    role, url, fields = sent(name, year)
    response = browser(year, role).post(url, fields)
    assert response.status_code == 302
    open_all(doors)


def _accept(year: SmallYear) -> None:
    now, actor = at("2022-08-03", "10:30:00"), year.cast.office
    by_office.accept(report=year.july, actor=actor, now=now, digest="示例采用稿。")


def _rename_unit(year: SmallYear) -> None:
    Unit.objects.filter(pk=year.cast.lead.pk).update(name="市住更局（示例）")


def _rename_person(year: SmallYear) -> None:
    User.objects.update(display_name="另一名")


def _reword(year: SmallYear) -> None:
    Task.objects.filter(pk=year.task.pk).update(mended_text="改造示例小区一百个。")


def _withdraw_file(year: SmallYear) -> None:
    type(year.evidence).objects.filter(pk=year.evidence.pk).update(withdrawn_at=clock.now())


def _next_day(year: SmallYear) -> None:
    clock.configure(date(2022, 8, 4))


def _after_the_deadline(year: SmallYear) -> None:
    clock.configure(date(2022, 8, 8))


@pytest.mark.parametrize(
    "act",
    [
        _accept,
        _rename_unit,
        _rename_person,
        _reword,
        _withdraw_file,
        _next_day,
        _after_the_deadline,
    ],
)
def test_nothing_that_happens_leaves_a_stale_page(act: Any, year: SmallYear, doors: Doors) -> None:
    open_all(doors)
    act(year)
    open_all_twice(doors)


def test_finalizing_leaves_no_stale_page(year: SmallYear, doors: Doors) -> None:
    july = Period.objects.get(plan=year.plan, code="2022-07")
    earlier = Period.objects.filter(plan=year.plan, data_as_of__lt=july.data_as_of)
    earlier.update(state="finalized", finalized_at=at("2022-07-15"))
    clock.configure(july.closes_on)
    open_all(doors)
    finalize(period=july, actor=year.cast.office, now=clock.now(), reason="不等审核，按时定稿")
    open_all_twice(doors)


def test_a_workbook_that_outlasts_a_filing_shows_nothing_of_one(year: SmallYear) -> None:
    """Each is made again for the comparison (tests/kept_pages.py)."""
    june = Period.objects.get(plan=year.plan, code="2022-06")
    earlier = Period.objects.filter(plan=year.plan, data_as_of__lt=june.data_as_of)
    earlier.update(state="finalized", finalized_at=at("2022-06-15"))
    clock.configure(june.closes_on)
    finalize(period=june, actor=year.cast.office, now=clock.now())
    client = browser(year, "office")
    outlasting = [book.slug for book in WORKBOOKS if book.topics == (FINALIZED,)]
    assert len(outlasting) == 6

    def download() -> None:
        for slug in outlasting:
            url = reverse("reports:workbook_excel", args=["2022", slug])
            assert client.get(url).status_code == 200, slug

    download()
    before = current()
    words = dict.fromkeys(("progress", "problems", "next_steps", "digest"), "示例：另写的。")
    ReportVersion.objects.update(**words, light_reason="示例：另写的。", proposed_light="late")
    ProgressReport.objects.update(first_left_at=clock.now(), state="reviewing")
    Reading.objects.update(value=F("value") + 7)
    Milestone.objects.update(done_on=june.closes_on)
    assert current().finalized == before.finalized
    assert current().live > before.live
    download()


@pytest.mark.kept
def test_a_kept_page_costs_two_queries_and_is_the_page_that_was_made(doors: Doors) -> None:
    for client, url in doors:
        if re.fullmatch(r"/2022/(tasks|projects)/\d+/", url) and client is not doors[-1][0]:
            continue  # others see there what is being typed: it is kept for readers only
        client.get("/notices/")  # the session is written once
        made = client.get(url)
        with CaptureQueriesContext(connection) as queries:
            again = client.get(url)
        assert len(queries) <= 2, (url, [each["sql"][:120] for each in queries])
        assert plain(again) == plain(made), url


@pytest.mark.kept
def test_a_page_kept_by_one_shows_another_their_own_parts(year: SmallYear) -> None:
    Plan.objects.update(has_watermark=True)
    url = address("reports:ledger", year)
    office = browser(year, "office")
    office.get(url)
    second = make_actor(Role.OFFICE, name="另一督查员")
    client = Client()
    client.force_login(second.user)
    page = client.get(url).content.decode()
    assert "另一督查员" in page
    assert str(year.cast.office.user) not in page
    assert f'name="acting_as" value="{second.appointment.pk}"' in page
    assert f'name="acting_as" value="{year.cast.office.appointment.pk}"' not in page


@pytest.mark.kept
def test_a_reader_does_not_get_the_list_of_one_who_is_named_for_an_item(year: SmallYear) -> None:
    named, other = (make_actor(Role.OBSERVER, name=name) for name in ("示例甲", "示例乙"))
    Task.objects.filter(pk=year.task.pk).update(visibility=Visibility.RESTRICTED)
    year.task.named_readers.add(named.user)
    pages = []
    for actor in (named, other):
        client = Client()
        client.force_login(actor.user)
        pages.append(client.get(address("reports:ledger", year)).content.decode())
    assert address("reports:item", year) in pages[0]
    assert address("reports:item", year) not in pages[1]


@pytest.mark.kept
def test_a_workbook_is_made_once_and_sealed_for_each(
    year: SmallYear, monkeypatch: pytest.MonkeyPatch
) -> None:
    Plan.objects.update(has_watermark=True)
    made: list[object] = []

    def counted(*sheets: Sheet) -> Parts:
        made.append(sheets)
        return parts_of(*sheets)

    monkeypatch.setattr(views_excel, "parts_of", counted)
    second = make_actor(Role.OFFICE, name="另一督查员")
    books = []
    for user in (year.cast.office.user, second.user):
        client = Client()
        client.force_login(user)
        answer = client.get(address("reports:ledger_excel", year))
        books.append(load_workbook(BytesIO(answer.content)))
    assert len(made) == 1
    assert "另一督查员" in str(books[1].worksheets[0].oddFooter)
    assert "另一督查员" not in str(books[0].worksheets[0].oddFooter)
    assert LogEntry.objects.filter(action="export").count() == 2
    Task.objects.filter(pk=year.task.pk).update(short_title="示例新短题")
    client.get(address("reports:ledger_excel", year))
    assert len(made) == 2


@pytest.mark.kept
def test_what_is_to_be_said_is_said_once(year: SmallYear) -> None:
    client = browser(year, "reporter")
    ledger = client.get(address("reports:ledger", year))
    assert "不属于" not in ledger.content.decode()
    client.post("/logout/")
    client.post("/2022/tasks/", {})  # without a session: led to the login with a sentence
    client.force_login(year.cast.reporter.user)
    said = client.get(address("reports:ledger", year))
    assert SESSION_OVER in said.content.decode()
    assert plain(client.get(address("reports:ledger", year))) == plain(ledger)


@pytest.mark.kept
def test_a_store_that_is_away_costs_a_page_nothing(
    year: SmallYear, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise ConnectionError("the store is away")

    monkeypatch.setattr(cache, "get", away)
    monkeypatch.setattr(cache, "set", away)
    monkeypatch.setattr(kept, "_rests_until", 0.0)
    client, url = browser(year, "office"), address("reports:ledger", year)
    assert client.get(url).status_code == 200
    assert client.get(url).status_code == 200
    assert sum("not kept" in line.message for line in caplog.records) == 1


@pytest.mark.kept
def test_a_refusal_is_not_kept_and_bears_no_marks(year: SmallYear) -> None:
    url = address("reports:overview", year)
    page = browser(year, "reporter").get(url)
    assert page.status_code == 403
    assert "\x02" not in page.content.decode()


def test_another_department_does_not_get_the_page_of_this_one(year: SmallYear) -> None:
    mine = browser(year, "reporter").get(address("reports:unit", year))
    assert mine.status_code == 200
    other = browser(year, "stranger").get(address("reports:unit", year))
    assert other.status_code == 404
    assert ProgressReport.objects.exists()
