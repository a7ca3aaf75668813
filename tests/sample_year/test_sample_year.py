"""The sample year: what it promises, and what its pages cost; in one file, since it takes a minute
to load.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.load.acts import Way
from bench.load.forms import Typist
from bench.load.site import Visitor
from bench.page_counts import Cost, InProcess, counting
from bench.page_list import OF_UNIT, PEOPLE, rows, title_of
from bench.page_list import PAGES as MEASURED
from huangshi_tasks.lib import clock, text
from progress.checking.doubts import doubts_about
from progress.checking.of_papers import facts_of_versions
from progress.finalizing.finalize import finalize, latest_frozen
from progress.models import (
    Adjustment,
    AdjustmentKind,
    Decision,
    HeadlineReading,
    Period,
    PeriodState,
    ProgressReport,
    Reading,
    Reminder,
    ReportVersion,
    SiteVisit,
    TaskPeriod,
)
from progress.periods.owed import filing_state, is_on_time
from progress.urging.acts import urge
from progress.urging.unreported import overdue_in
from reports.bulletins.checklist import list_before_signing
from reports.bulletins.drafting import draft
from reports.models import BulletinKind
from tasks.holders.portfolios import supervised_by
from tasks.models import IndicatorShare, Plan, Task
from tasks.sub_items.counts import counts_on
from tests.page_costs import (
    CEILING,
    MOST_OBJECTS,
    MOST_OBJECTS_NOW,
    MOST_OF_ACTS,
    MOST_OF_MANY,
    MOST_QUERIES,
    MOST_SQL_KB,
    PAGES,
    READING,
    client_of,
    cost,
    others_report,
    read_whole,
)
from units.actors import Actor
from units.log.verification import first_bad_position
from units.models import Appointment, LogEntry, Role, Unit, User

TODAY = date(2022, 8, 3)
MOST_LINES_BEFORE_SIGNING = 25


pytestmark = [pytest.mark.usefixtures("sample_year", "db")]


def of_june() -> list[TaskPeriod]:
    return list(latest_frozen(Plan.objects.get(slug="2022")))


def test_june_is_finalized_for_every_item() -> None:
    rows = of_june()
    assert len(rows) == 144
    assert {row.period.data_as_of for row in rows} == {date(2022, 6, 30)}


def test_the_lights_of_june_are_spread_as_promised() -> None:
    counted = Counter(row.light for row in of_june())
    assert counted["on_pace"] >= 20
    assert counted["slow"] >= 20
    assert (counted["late"], counted["ahead"], counted["done"]) == (5, 5, 3)
    slow_by_percent = [r for r in of_june() if r.light == "slow" and r.percent is not None]
    assert len(slow_by_percent) >= 8
    assert counted["slow"] > len(slow_by_percent)


def test_july_is_open_for_the_41_monthly_items_in_every_state() -> None:
    july = Period.objects.get(code="2022-07")
    assert july.state == PeriodState.COLLECTING
    main = ProgressReport.objects.filter(period=july, duty="main")
    assert main.count() == 41
    states = {filing_state(report, TODAY) for report in ProgressReport.objects.filter(period=july)}
    assert states == {"none", "draft", "signing", "reviewing", "returned", "accepted"}


def test_what_went_wrong_over_the_periods_is_counted() -> None:
    finalized = Period.objects.filter(state=PeriodState.FINALIZED)
    reports = ProgressReport.objects.filter(period__in=finalized)
    returned = ReportVersion.objects.filter(
        report__in=reports, decision=Decision.RETURNED, signed_at__isnull=False
    )
    once = Counter(returned.values_list("report_id", flat=True))
    assert len(once) >= 30
    assert set(once.values()) == {1}
    missing = reports.filter(first_left_at__isnull=True)
    assert missing.count() == 15
    assert missing.filter(period__cycle="half_yearly").count() <= 2
    left = reports.filter(first_left_at__isnull=False)
    assert sum(not is_on_time(report) for report in left) == 10
    corrections = ReportVersion.objects.filter(is_correction=True, decision=Decision.ACCEPTED)
    assert corrections.values("report").distinct().count() == 2
    assert ReportVersion.objects.exclude(override_light="").count() == 1
    kinds = Counter(Adjustment.objects.values_list("kind", flat=True))
    assert kinds[AdjustmentKind.SUSPENSION] == 1
    assert sum(kinds.values()) == 2


PARAGRAPHS = (
    "progress",
    "problems",
    "next_steps",
    "light_reason",
    "coordination",
    "return_reason",
    "digest",
    "next_digest",
    "override_reason",
)


def test_no_two_items_share_a_paragraph_and_every_text_is_marked() -> None:
    items: dict[str, set[int]] = defaultdict(set)
    for version in ReportVersion.objects.select_related("report__responsibility"):
        for name in PARAGRAPHS:
            for paragraph in filter(None, getattr(version, name).split("\n")):
                assert paragraph.startswith("（示例）"), paragraph
                items[paragraph].add(version.report.responsibility.task_id)
    assert len(items) > 1000
    assert [text for text, tasks in items.items() if len(tasks) > 1] == []


def test_a_main_report_names_every_number_of_its_item() -> None:
    reports = ProgressReport.objects.filter(period__code="2022-06", duty="main")
    for report in reports.filter(accepted_version__isnull=False):
        version = report.accepted_version
        assert version is not None
        for reading in version.readings.filter(value__isnull=False):
            assert reading.value is not None
            assert text.number(reading.value) in version.progress, version.progress


def test_thirty_items_were_returned_and_fifteen_did_not_report() -> None:
    of_item = "report__responsibility__task"
    returned = ReportVersion.objects.filter(
        report__period__state=PeriodState.FINALIZED, decision=Decision.RETURNED
    )
    assert returned.values(of_item).distinct().count() == returned.count() == 30
    frozen = TaskPeriod.objects.filter(is_missing=True)
    assert frozen.values("task").distinct().count() == frozen.count() == 15


def test_no_project_is_behind_for_want_of_a_figure() -> None:
    for row in of_june():
        if row.task.kind == "practical_project":
            assert row.version is not None
            filed = Reading.objects.filter(
                indicator__task=row.task,
                unit__isnull=True,
                value__isnull=False,
                version__report__period=row.period,
                version__decision=Decision.ACCEPTED,
            )
            assert filed.values("indicator").distinct().count() == row.task.indicators.count()


def test_only_who_is_behind_says_why() -> None:
    behind = {"slow", "late", "not_started"}
    for row in of_june():
        assert not row.unit_reason or row.computed_light in behind, row
        if row.computed_light in behind:
            assert row.unit_reason, row


@pytest.mark.parametrize("name", ["改造老旧小区", "改造背街小巷"])
def test_the_lists_count_what_every_report_says(name: str) -> None:
    filed = Reading.objects.filter(
        indicator__name=name, unit=None, version__report__duty="main", value__isnull=False
    ).select_related("version__report__period")
    assert filed.count() >= 6
    for reading in filed:
        day = reading.version.report.period.data_as_of
        counts = counts_on([reading.indicator_id], day)[reading.indicator_id, None]
        assert Decimal(counts.started) == reading.started
        assert Decimal(counts.finished) == reading.value
        assert all(row.name.startswith("示例") for row in reading.indicator.sub_items.all())


def test_one_visit_found_everything_true_and_one_is_being_mended() -> None:
    found = SiteVisit.objects.order_by("finding").values_list("finding", "state")
    assert list(found) == [("partly", "recorded"), ("true", "closed")]


def test_the_log_reads_in_the_order_in_which_things_happened() -> None:
    moments = list(LogEntry.objects.order_by("position").values_list("at", flat=True))[1:]
    assert moments == sorted(moments)
    assert moments[-1].astimezone(clock.SHANGHAI).date() < TODAY


def test_the_headline_carries_what_was_published_and_nothing_else() -> None:
    published = {
        row.indicator.name: (row.value, row.rank, row.source)
        for row in HeadlineReading.objects.select_related("indicator")
    }
    daily = "湖北日报 2022-08-02"
    assert published == {
        "地区生产总值": (Decimal("5.2"), 3, daily),
        "规模以上工业增加值": (Decimal("9.9"), 5, daily),
        "固定资产投资": (Decimal("16.1"), 5, daily),
        "地方公共财政预算收入": (Decimal(16), 2, daily),
    }


def test_a_unit_has_something_to_file_and_somebody_who_signs() -> None:
    july = ProgressReport.objects.filter(period__code="2022-07", duty="main")
    untouched = july.filter(versions__isnull=True, responsibility__unit__name="市经信局")
    assert untouched.exists()
    signers = Appointment.objects.on(TODAY).filter(role=Role.SIGNER, unit__name="市经信局")
    assert signers.count() == 1


def test_everyone_who_should_be_there_has_an_account() -> None:
    units = Unit.objects.all()
    assert units.count() == 58
    held = Appointment.objects.on(TODAY)
    assert set(held.filter(role=Role.REPORTER).values_list("unit", flat=True)) == {
        unit.pk for unit in units
    }
    assert held.filter(role=Role.SIGNER).values("unit").distinct().count() == 53
    roles = Counter(held.values_list("role", flat=True))
    assert roles["office"] == 2
    assert held.filter(role=Role.OFFICE, is_head=True).count() == 1
    assert (roles["leader"], roles["admin"], roles["auditor"], roles["observer"]) == (2, 1, 1, 1)
    per_user = Counter(held.values_list("user", flat=True))
    assert Counter(per_user.values())[2] == 1


def test_part_of_what_waits_for_the_office_is_the_reviewers_own() -> None:
    reviewer = Appointment.objects.get(user__username="dcs-shy")
    mine = supervised_by(Actor(reviewer.user, reviewer), TODAY)
    waiting = ProgressReport.objects.filter(state="reviewing")
    own = waiting.filter(responsibility__task__in=mine)
    assert 5 <= own.count() < waiting.count()
    assert own.filter(responsibility__task__number=21).exists()  # by the item, not by its unit
    client = Client()
    client.force_login(reviewer.user)
    page = client.get("/2022/review/", {"show": "mine"}, follow=True)
    assert len(page.context["queue"].rows) == own.count()


def test_reminders_end_the_day_before() -> None:
    assert Reminder.objects.exists()
    assert not Reminder.objects.filter(due_on__gte=TODAY, is_immediate=False).exists()


@pytest.mark.parametrize(
    ("project", "place", "value", "started"),
    [
        (1, 1, "11", None),
        (1, 2, "135", "200"),
        (2, 1, "163.98", None),
        (2, 2, "87", None),
        (3, 1, None, "131"),
        (3, 2, "24", "37"),
    ],
)
def test_published_figures_stand_exactly(
    project: int, place: int, value: str | None, started: str | None
) -> None:
    task = Task.objects.get(kind="practical_project", number=project)
    reading = Reading.objects.get(
        indicator__task=task,
        indicator__ordinal=place,
        unit__isnull=True,
        version__report__period__code="2022-06",
        version__report__duty="main",
        version__decision=Decision.ACCEPTED,
    )
    assert "荆楚网" in reading.source
    if value is not None:
        assert f"{reading.value:f}".rstrip("0").rstrip(".") == value
    if started is not None:
        assert f"{reading.started:f}".rstrip("0").rstrip(".") == started


def test_no_more_is_finished_than_was_begun() -> None:
    wrong = Reading.objects.filter(started__lt=F("value"))
    assert list(wrong) == []


def test_no_sentence_that_was_accepted_is_doubted() -> None:
    """What an office writes of its own figures: a doubt here is a false alarm of 进展质检."""
    accepted = ProgressReport.objects.exclude(duty="share").values("accepted_version")
    related = ("period__plan", "responsibility__task__plan", "responsibility__unit")
    versions = ReportVersion.objects.filter(pk__in=accepted)
    known = list(versions.select_related(*(f"report__{each}" for each in related)))
    facts = facts_of_versions(known)
    assert len(known) > 600
    doubts = [
        f"{version.report}：{doubt.sentence}"
        for version in known
        for text in (version.progress, version.digest)
        for doubt in doubts_about(text, facts[version.pk])
    ]
    assert doubts == []


def test_every_step_announced_is_answered_by_itself() -> None:
    """Of the items' own reports that left their unit, each line by its own choice."""
    sent = ReportVersion.objects.filter(report__duty="main", submitted_at__isnull=False)
    lines = [said for version in sent for said in version.step_answers.values()]
    assert {each["state"] for each in lines} == {"done", "open"}
    assert all(each["note"] for each in lines if each["state"] == "open")


def test_shares_sum_to_the_target() -> None:
    shares = IndicatorShare.objects.on(TODAY).select_related("indicator")
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for share in shares:
        sums[share.indicator_id] += share.value
    for share in shares:
        target = share.indicator.target_on(TODAY)
        assert target is not None
        assert sums[share.indicator_id] == target.value


def test_the_log_is_whole() -> None:
    assert first_bad_position() is None


@pytest.mark.parametrize("address", PAGES)
def test_a_page_costs_an_ordinary_unit_user_at_most_25_queries(address: str) -> None:
    assert cost(client_of("reporter", "市住建局"), address) <= CEILING


def test_every_report_of_a_unit_costs_at_most_25_queries() -> None:
    client = client_of("reporter", "市住建局")
    own = ProgressReport.objects.filter(
        responsibility__unit__name="市住建局", period__code="2022-07"
    )
    assert own.count() == 7
    costs = {report.pk: cost(client, f"/2022/reports/{report.pk}/") for report in own}
    assert max(costs.values()) <= CEILING, costs


@pytest.mark.parametrize(
    "address", ["/2022/overview/", "/2022/tasks/", "/2022/projects/", "/2022/workbooks/"]
)
@pytest.mark.parametrize("role", ["office", "leader", "observer"])
def test_a_page_costs_readers_and_office_no_more(role: str, address: str) -> None:
    assert cost(client_of(role), address) <= CEILING


@pytest.mark.usefixtures("as_served")
@pytest.mark.parametrize(("page", "role"), list(rows()))
def test_a_measured_page_costs_no_more_and_reads_no_growing_table_whole(
    page: str, role: str
) -> None:
    """What `bin/bench pages` measures on 100 years: a query without its plan shows here too, and
    lists made of model objects.
    """
    client = Client()
    client.force_login(User.objects.get(username=PEOPLE[role]))
    own = ProgressReport.objects.filter(
        responsibility__unit__name=OF_UNIT, duty="main", state__in=["draft", "returned"]
    )
    places = {"unit": Unit.objects.get(name=OF_UNIT).pk, "report": own.earliest("-period", "pk").pk}
    address = MEASURED[page].address.format(**places)
    if title := title_of(page):
        assert f"<title>{title}" in client.get(address).content.decode()
    client.get(address)  # the session is written, once
    others_report()
    with counting() as cost, CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert cost().queries <= MOST_QUERIES.get(page, READING)
    assert cost().objects <= (MOST_OBJECTS_NOW if page == "ledger now" else MOST_OBJECTS)
    assert cost().sql_kb <= MOST_SQL_KB
    if connection.vendor == "sqlite":
        asked = [each["sql"] for each in queries.captured_queries]
        assert set().union(*map(read_whole, asked)) == set()


@pytest.mark.usefixtures("as_served")
def test_a_report_on_its_way_costs_no_more_queries_and_objects() -> None:
    """Typed, opened again, sent, signed and accepted, as `bin/bench pages` does it."""
    people: dict[str, Visitor] = {}
    for role, name in PEOPLE.items():
        client = Client()
        client.force_login(User.objects.get(username=name))
        people[role] = InProcess(client)
    mains = ProgressReport.objects.filter(duty="main")
    own = mains.filter(responsibility__unit__name=OF_UNIT)
    draft = own.filter(state__in=["draft", "returned"]).earliest("-period", "pk")
    accepted = own.filter(state="accepted", period__state=PeriodState.FINALIZED)
    reports = list(accepted.order_by("pk").values_list("pk", flat=True)[:2])
    waiting = mains.filter(state="reviewing").exclude(responsibility__unit__name=OF_UNIT).first()
    assert waiting is not None
    typist = Typist(people["reporter"], f"/2022/reports/{draft.pk}/")
    spent: dict[str, Cost] = {}
    for _ in range(2):  # by then what can be remembered is
        with counting() as cost:
            typist.saves()
        spent["autosave"] = cost()
    for step in Way(reports, waiting.pk, people).turn():
        for _ in range(step.times):
            with counting() as cost:
                step.ask(people[step.role])
            spent[step.act] = cost()
    assert set(spent) == set(MOST_OF_ACTS)
    states = ProgressReport.objects.filter(pk__in=reports).values_list("state", flat=True)
    assert set(states) == {"accepted"}
    beyond = {
        act: (each.queries, each.objects)
        for act, each in spent.items()
        if each.queries > MOST_OF_ACTS[act][0] or each.objects > MOST_OF_ACTS[act][1]
    }
    assert beyond == {}


@pytest.mark.usefixtures("as_served")
def test_finalizing_and_urging_cost_few_queries_and_few_objects_an_item() -> None:
    july = Period.objects.get(code="2022-07")
    held = Appointment.objects.get(user__username=PEOPLE["office"])
    office, late = Actor(held.user, held), july.due_on + timedelta(days=1)
    overdue = overdue_in([july.plan], late)
    with counting() as cost:
        done = urge(subjects=overdue, actor=office, now=at_nine(late))
    queries, objects = MOST_OF_MANY["urge"]
    assert done.count > 20
    assert cost().queries <= queries
    assert cost().objects <= objects * done.count
    with counting() as cost:
        finalize(period=july, actor=office, now=at_nine(july.closes_on), reason="常务会议用数")
    items = TaskPeriod.objects.filter(period=july).count()
    queries, objects = MOST_OF_MANY["finalize"]
    assert items == 41
    assert cost().queries <= queries
    assert cost().objects <= objects * items


def test_what_is_asked_before_signing_is_short_enough_to_be_read() -> None:
    """After 定稿 of July, with what waits for the office, is missing or older than the paper."""
    july = Period.objects.get(code="2022-07")
    held = Appointment.objects.get(user__username=PEOPLE["office"])
    office, closing = Actor(held.user, held), july.closes_on
    july = finalize(period=july, actor=office, now=at_nine(closing), reason="常务会议用数")
    for kind in BulletinKind.values:
        paper = draft(period=july, kind=kind, actor=office, now=at_nine(closing))
        lines = list_before_signing(paper, office, closing)
        asked = {line.name: len(line.members) for line in lines}
        assert len(lines) <= MOST_LINES_BEFORE_SIGNING, (kind, asked)
        assert {"in_review", "old_figures", "sample"} <= set(asked), (kind, asked)
        assert sum(asked.values()) > MOST_LINES_BEFORE_SIGNING  # a list by items would be longer


def at_nine(day: date) -> datetime:
    return datetime.combine(day, time(9), clock.SHANGHAI)


def test_every_report_that_waits_costs_the_reviewer_at_most_25_queries() -> None:
    client = Client()
    client.force_login(User.objects.get(username=PEOPLE["office"]))
    waiting = ProgressReport.objects.filter(state="reviewing")
    addresses = [f"/2022/review/{report.pk}/" for report in waiting]
    for address in addresses:
        client.get(address)  # what was opened is remembered in the session, once
    costs = {address: cost(client, address) for address in addresses}
    assert len(costs) > 5
    assert max(costs.values()) <= CEILING, costs
