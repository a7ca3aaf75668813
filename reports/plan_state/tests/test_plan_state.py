"""归档: what stands in its way, that nothing is written after it, and how it is opened again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.db.models import Q
from django.test import Client
from django.urls import get_resolver

from huangshi_tasks.lib import clock
from progress.closing.outcomes import set_outcome
from progress.models import Outcome, Period, PeriodState, ProgressReport, TaskOutcome
from reports.models import Bulletin, Export, Standing
from reports.plan_state.acts import archive, reopen
from reports.plan_state.checks import obstacles
from reports.standings.tests.standings import approval_on
from tasks.models import Plan, PlanState
from tests.access_table import DOING
from tests.addresses import SmallYear, address, make_small_year
from tests.cast import Cast, at, make_item, make_plan
from tests.two_plans import begun
from units.errors import NotNow
from units.models import LogEntry

pytestmark = pytest.mark.django_db
NOW = at("2023-02-06")
REASON = "2023年2月6日主任办公会同意"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    clock.configure(NOW.date())
    yield
    clock.configure(None)


def settled(cast: Cast) -> Plan:
    """A year in which everything is finalized and nothing is open."""
    plan = make_plan()
    task = make_item(plan, cast)
    set_outcome(task=task, outcome=Outcome.DONE, note="", actor=cast.office, now=NOW)
    Period.objects.filter(plan=plan).update(state=PeriodState.FINALIZED)
    return Plan.objects.get(pk=plan.pk)


def browser(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.office.user)
    return client


def test_what_is_open_stands_in_the_way() -> None:
    year = make_small_year(Cast(), make_plan())
    sentences = [each.sentence for each in obstacles(year.plan, NOW.date())]
    assert any("还没有定稿" in each for each in sentences)
    assert any("待审核" in each for each in sentences)
    assert any("交办事项" in each for each in sentences)
    with pytest.raises(NotNow, match="还不能归档"):
        archive(plan=year.plan, reason=REASON, actor=year.cast.office, now=NOW)
    assert Plan.objects.get(pk=year.plan.pk).state == PlanState.ACTIVE


def test_what_could_not_be_said_afterwards_stands_in_the_way() -> None:
    cast = Cast()
    plan = settled(cast)
    TaskOutcome.objects.all().delete()
    period = plan.periods.get(code="2022-06")
    rows = {"plan": plan, "created_by": cast.office.user, "created_at": NOW, "figures_at": NOW}
    approval = approval_on(cast)
    approval.save()
    for state, kind, by in (
        ("draft", "bulletin", None),
        ("signed", "special", approval),
        ("dropped", "publication", None),
    ):
        Bulletin.objects.create(
            **rows, period=period, kind=kind, state=state, title="示例", approval=by
        )
    Standing.objects.create(
        plan=plan, data_as_of=period.data_as_of, made_at=NOW, made_by=cast.office.user
    )
    assert [each.sentence for each in obstacles(plan, NOW.date())] == [
        "1项没有年终结果",
        "2份通报、专报或公示稿未签发或未印发",
        "1期单位推进情况未批准",
    ]
    assert "没有年终结果" in browser(cast).get("/2022/state/").content.decode()


def test_a_settled_year_is_archived_exported_and_opened_again() -> None:
    cast = Cast()
    plan = settled(cast)
    assert obstacles(plan, NOW.date()) == []
    client = browser(cast)
    assert client.post("/2022/state/archive/", {"reason": "好"}).status_code == 409
    assert client.post("/2022/state/archive/", {"reason": REASON}).status_code == 302
    plan.refresh_from_db()
    assert plan.state == PlanState.ARCHIVED
    assert Export.objects.get(plan=plan).title == "2022年归档包"
    assert LogEntry.objects.get(action="plan.archive").payload.count(REASON)
    html = client.get("/2022/state/").content.decode()
    assert "已归档" in html
    assert client.post("/2022/state/reopen/", {"reason": REASON}).status_code == 302
    plan.refresh_from_db()
    assert plan.state == PlanState.ACTIVE
    assert LogEntry.objects.filter(action="plan.reopen").count() == 1


def test_nothing_is_written_in_an_archived_year() -> None:
    """Every address of a year that takes a POST, as whoever may do most."""
    year = make_small_year(Cast(), make_plan())
    Plan.objects.filter(pk=year.plan.pk).update(state=PlanState.ARCHIVED)
    before, refused = LogEntry.objects.count(), 0
    clients = [Client() for _ in range(3)]
    actors = (year.cast.office, year.cast.reporter, year.cast.signer)
    for client, actor in zip(clients, actors, strict=True):
        client.force_login(actor.user)
    for name in sorted(DOING):
        if not _has_slug(name) or name in FREE:
            continue
        url = _address(name, year)
        for client in clients:
            response = client.post(url)
            assert response.status_code in (403, 404, 405), (name, response.status_code)
            refused += response.status_code == 403
    assert refused > 100
    seen = Q(action__startswith="login") | Q(action__startswith="refused")
    assert LogEntry.objects.exclude(seen).count() == before


def _address(name: str, year: SmallYear) -> str:
    """Rows that an address makes for itself, in a year still open, are taken back: the year is
    asked for first.
    """
    with transaction.atomic():
        Plan.objects.filter(pk=year.plan.pk).update(state=PlanState.ACTIVE)
        found = address(name, year)
        transaction.set_rollback(True)
    return found


FREE = {"reports:plan_reopen", "reports:archive", "reports:export_cancel"}


def _has_slug(name: str) -> bool:
    """Whether the address names a year."""
    app, _, found = name.partition(":")
    _, resolver = get_resolver().namespace_dict[app]
    return any("slug" in params for text, params in resolver.reverse_dict.getlist(found)[0][0])


def test_an_archived_year_can_be_read_and_says_so() -> None:
    year: SmallYear = make_small_year(Cast(), make_plan())
    reports = ProgressReport.objects.count()
    Plan.objects.filter(pk=year.plan.pk).update(state=PlanState.ARCHIVED)
    for actor, pages in (
        (year.cast.office, ("office/", "tasks/", "tasks/1/", "review/", "periods/", "outcomes/")),
        (year.cast.reporter, ("desk/", "tasks/", "tasks/1/", "duties/", "matters/")),
        (year.cast.leader, ("overview/", "projects/", "tasks/")),
    ):
        client = Client()
        client.force_login(actor.user)
        for page in pages:
            response = client.get(f"/2022/{page}", follow=True)
            assert response.status_code == 200, page
        assert "已归档，只能查看和导出" in client.get("/2022/tasks/").content.decode()
    assert ProgressReport.objects.count() == reports


def test_the_next_year_goes_on_when_one_is_archived() -> None:
    cast = Cast()
    plan = settled(cast)
    new = begun(plan, 2023, "2023")
    archive(plan=plan, reason=REASON, actor=cast.office, now=NOW)
    client = Client()
    client.force_login(cast.leader.user)
    assert client.get("/")["Location"] == "/2022/overview/"  # 2023 has no 定稿 yet
    client.force_login(cast.reporter.user)
    assert client.get("/")["Location"] == "/2023/desk/"
    assert "往年" in client.get("/2023/desk/").content.decode()
    reopen(plan=plan, reason=REASON, actor=cast.office, now=NOW)
    assert Plan.objects.filter(state=PlanState.ACTIVE).count() == 2
    assert new.is_main


def test_one_plan_a_year_is_in_the_main_series() -> None:
    cast = Cast()
    plan = settled(cast)
    special = begun(plan, 2022, "2022-2", series="营商环境", is_main=False)
    client = browser(cast)
    client.post("/2022-2/state/main/", {"is_main": "1"})
    states = dict(Plan.objects.values_list("slug", "is_main"))
    assert states == {"2022": False, "2022-2": True}
    assert LogEntry.objects.filter(action="plan.main").count() == 2
    client.post("/2022-2/state/main/", {"is_main": "0"})
    special.refresh_from_db()
    assert not special.is_main
