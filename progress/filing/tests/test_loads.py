"""How often a save and a submission read all that is defined about the item."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from progress.models import ProgressReport, ReportState
from tests.cast import Cast
from tests.pages import browser, draft, latest, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

NEXT, NOTE = "示例：八月完成招标。", "示例：已与财政局核对。"


@pytest.fixture
def client(cast: Cast, report: ProgressReport) -> Client:
    """The liaison, who saved a draft that may leave."""
    client = browser(cast.reporter)
    beside = {"problems": "无", "next_steps": NEXT}
    draft(client, report, light_reason="示例：征地滞后。", **beside)
    return client


def loads(client: Client, address: str, **posted: str) -> int:
    """How many of the queries of a POST load an item (`load_tasks`)."""
    with CaptureQueriesContext(connection) as queries:
        client.post(address, posted)
    both = ('"tasks_indicatorplan"', '"tasks_taskdeadline"')  # of one query
    return sum(all(name in each["sql"] for name in both) for each in queries)


@pytest.mark.usefixtures("as_served")
def test_an_autosave_asks_at_most_14_queries(client: Client, report: ProgressReport) -> None:
    client.get(url(report, "report"))  # what can be remembered is
    with CaptureQueriesContext(connection) as queries:
        client.post(url(report, "autosave"), {"base": "{}", "note": NOTE})
    assert latest(report).note == NOTE
    assert len(queries) <= 14


def test_an_autosave_loads_the_item_once(client: Client, report: ProgressReport) -> None:
    assert loads(client, url(report, "autosave"), base="{}", note=NOTE) == 1
    assert latest(report).note == NOTE


def test_a_submission_that_saves_sends_what_it_saved_without_a_second_look(
    client: Client, report: ProgressReport
) -> None:
    assert loads(client, url(report, "submit"), note=NOTE) == 1
    report.refresh_from_db()
    assert report.state == ReportState.SIGNING


def test_what_was_saved_before_leaves_with_the_look_just_made(
    client: Client, report: ProgressReport
) -> None:
    assert loads(client, url(report, "submit")) == 1
    report.refresh_from_db()
    assert report.state == ReportState.SIGNING
