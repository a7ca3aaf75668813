"""The job was down: whoever comes first finds what is owed; whoever only reads writes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huangshi_tasks import gunicorn_conf, scheduler
from progress.models import Period, PeriodState, ProgressReport
from progress.periods.opening import open_due_periods
from tasks.models import Plan
from tests.cast import Cast, make_item, period_of
from tests.month import cast, plan, task, third_of_august
from tests.pages import text_of
from units.actors import Actor

__all__ = ["cast", "plan", "task", "third_of_august"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

OPENED = 6  # February to July, monthly
LEADERS_PAGES = ["overview/", "tasks/", "tasks/1/", "projects/", "projects/1/"]
# who comes first, and where
FIRST = [
    ("reporter", "desk/"),
    ("reporter", "tasks/1/"),
    ("office", "office/"),
    ("office", "office/filings/"),
    ("office", "unreported/"),
    ("office", "units/{unit}/"),
    ("office", "tasks/"),
    ("leader", "overview/"),
    ("leader", "projects/1/"),
]


@pytest.fixture(autouse=True)
def items(plan: Plan, cast: Cast) -> None:
    make_item(plan, cast, 1)
    make_item(plan, cast, 1, kind="practical_project")


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    client.get("/notices/")  # the session is written once; what follows is an ordinary visit
    return client


def writes(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    texts = [query["sql"] for query in queries]
    written = [text for text in texts if text.startswith(("INSERT", "UPDATE", "DELETE"))]
    # the board is what pages keep for each other; nobody owes anything by it
    return [text for text in written if '"progress_boardrow"' not in text]


@pytest.mark.parametrize(("who", "address"), FIRST)
def test_the_first_page_of_anybody_opens_what_was_missed(
    cast: Cast, who: str, address: str
) -> None:
    client = browser(getattr(cast, who))
    address = f"/2022/{address}".format(unit=cast.lead.pk)
    assert writes(client, address)
    assert ProgressReport.objects.count() == 2 * OPENED
    assert not writes(client, address)


def test_what_was_missed_stands_on_the_page_that_found_it(cast: Cast) -> None:
    page = browser(cast.reporter).get("/2022/desk/").content.decode()
    assert "7月进展待填报" in page
    assert "道路改造1" in page


def test_a_form_that_is_sent_opens_what_was_missed_before_it_acts(cast: Cast, plan: Plan) -> None:
    client = browser(cast.office_head)
    june = period_of(plan, "2022-06")
    assert client.post(f"/2022/periods/{june.pk}/finalize/").status_code == 302
    assert ProgressReport.objects.count() == 2 * OPENED


@pytest.mark.parametrize("address", LEADERS_PAGES)
def test_a_leaders_page_writes_nothing(cast: Cast, plan: Plan, address: str) -> None:
    client = browser(cast.leader)
    open_due_periods(plan, period_of(plan, "2022-07").data_as_of)
    assert not writes(client, f"/2022/{address}")


def test_where_nobody_owes_anything_nothing_was_missed(cast: Cast, plan: Plan) -> None:
    """The items of a cycle may all be suspended or closed, or held by others only later."""
    client = browser(cast.office)
    plan.tasks.get(kind="key_task").responsibilities.update(starts_on="2022-08-01")
    plan.tasks.get(kind="practical_project").responsibilities.update(starts_on="2022-08-01")
    assert not writes(client, "/2022/tasks/")
    assert not ProgressReport.objects.exists()


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_a_year_that_is_not_active_asks_nobody(cast: Cast, plan: Plan, state: str) -> None:
    Plan.objects.update(state=state)
    july = period_of(plan, "2022-07")
    response = browser(cast.office).get(f"/2022/periods/{july.pk}/")
    assert "应报2份" in text_of(response)  # known before the year is switched on
    assert "道路改造1" in response.content.decode().split("未报送<small>", 1)[1]
    assert not ProgressReport.objects.exists()


@pytest.mark.parametrize("state", ["draft", "active", "archived"])
def test_the_first_visit_makes_the_periods_of_a_year(cast: Cast, plan: Plan, state: str) -> None:
    Period.objects.all().delete()
    Plan.objects.update(state=state)
    client = browser(cast.office)
    assert writes(client, "/2022/periods/")
    assert plan.periods.count() == 11 + 4 + 2
    assert not writes(client, "/2022/periods/")


def test_a_finalized_period_is_never_opened_again(cast: Cast, plan: Plan) -> None:
    Period.objects.update(state=PeriodState.FINALIZED)
    assert not writes(browser(cast.office), "/2022/tasks/")


@pytest.mark.django_db(transaction=True)  # a job begins and ends with connections of its own
@pytest.mark.parametrize("redis", [None, "redis://127.0.0.1:1/0"])
def test_a_server_that_starts_opens_what_was_missed_before_it_answers(
    settings: Any, monkeypatch: pytest.MonkeyPatch, redis: str | None
) -> None:
    started: list[int] = []
    monkeypatch.setattr(scheduler, "start", lambda: started.append(ProgressReport.objects.count()))
    settings.REDIS_URL = redis
    gunicorn_conf.post_worker_init(None)
    assert ProgressReport.objects.count() == 2 * OPENED
    assert started == ([] if redis else [2 * OPENED])


def test_a_server_starts_although_nothing_can_be_opened(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(name: str) -> None:
        raise LookupError(name)

    monkeypatch.setattr(scheduler, "run_job", fails)
    scheduler.catch_up()
    assert "progress.jobs.open_periods" in caplog.text


def test_a_year_begun_today_is_opened_by_its_first_page(cast: Cast, plan: Plan) -> None:
    """Nothing is remembered of earlier visits: what was found in vain is asked for anew."""
    client = browser(cast.office)
    Plan.objects.update(state="draft")
    assert not writes(client, "/2022/tasks/")
    Plan.objects.update(state="active")
    assert writes(client, "/2022/tasks/")
