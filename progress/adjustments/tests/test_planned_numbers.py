"""A co-lead's exit that is registered before its day: until then its number, its steps and its list
are its own, from that day on its heir's; what was asked of it for the time before stays with it.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huangshi_tasks.lib import clock
from progress.contents.row_sources import Sources
from progress.contents.rows import rows_of
from progress.lifecycle import by_office
from progress.models import Evidence, ProgressReport, Reminder, ReportState, SubItemReading
from progress.periods.opening import open_due_periods
from progress.periods.owed import reporting_ids
from progress.reminding.planning import plan_reminders
from tasks.action_plans import acts as action_plans
from tasks.action_plans.drafting import action_plan_of
from tasks.models import Indicator, Milestone, Responsibility, Task
from tasks.sub_items import acts as sub_items
from tests.cast import (
    Cast,
    at,
    make_indicator,
    make_milestone,
    make_responsibility,
    only_filings,
    report_of,
)
from tests.decisions import adjusted
from tests.office_files import picture
from tests.pages import WORDS, base_of, browser, text_of, url
from units.actors import Actor
from units.models import Unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

FIRST, LAST = date(2022, 9, 1), date(2022, 8, 31)


def today(day: str) -> None:
    clock.configure(date.fromisoformat(day))


@pytest.fixture
def shared(cast: Cast, task: Task) -> Task:
    """市城管委 reports a number and two steps of the item of 市住建局."""
    only_filings(task.plan)
    held = make_responsibility(task, cast.co_lead, ordinal=2)
    make_indicator(task, held, 40, name="改造街巷", unit_of_measure="条")
    for due_on in (date(2022, 8, 29), date(2022, 9, 30)):
        make_milestone(task, held, due_on)
    return task


def leave(cast: Cast, task: Task, heir: Unit | None, day: date = FIRST) -> None:
    """市城管委 gives its part up from `day` on; so it is registered on 3 August."""
    detail = {
        "leaving": cast.co_lead.pk,
        "unit": heir.pk if heir is not None else None,
        "role": "lead" if heir is not None else "",
        "becomes_primary": False,
    }
    adjusted(cast, task, "responsibility", day, detail=detail)


def number(task: Task) -> Indicator:
    return task.indicators.get(name="改造街巷")


def asks(actor: Actor, report: ProgressReport) -> bool:
    """Whether the form of `report` has a field for the number."""
    page = text_of(browser(actor).get(url(report)))
    return re.search(f'name="reading:{number(report.task).pk}::value"', page) is not None


def files(reporter: Actor, signer: Actor, report: ProgressReport, value: str) -> None:
    """Typed, sent for signing and signed, all on the pages."""
    client, key = browser(reporter), f"reading:{number(report.task).pk}::value"
    base = base_of(text_of(client.get(url(report))))
    typed = {"base": base, "progress": WORDS, "next_steps": "示例：继续。", key: value}
    client.post(url(report, "submit"), typed)
    report.refresh_from_db()
    assert report.state == ReportState.SIGNING
    browser(signer).post(url(report, "sign"))
    report.refresh_from_db()
    assert report.state == ReportState.REVIEWING
    assert report.versions.get().readings.get(indicator__name="改造街巷").value == int(value)


def opened(task: Task, day: str) -> None:
    today(day)
    open_due_periods(task.plan, date.fromisoformat(day))


def owing(task: Task, code: str) -> set[Unit]:
    rows = ProgressReport.objects.filter(period__code=code, responsibility__task=task)
    return {row.unit for row in rows.select_related("responsibility__unit")}


def test_until_its_day_the_leaving_unit_sees_fills_and_submits_its_number(
    cast: Cast, shared: Task
) -> None:
    july = report_of(shared, cast.co_lead)
    leave(cast, shared, cast.stranger)
    assert asks(cast.co_reporter, july)
    assert not asks(cast.reporter, report_of(shared, cast.lead))
    files(cast.co_reporter, cast.co_signer, july, "12")


def test_august_ends_before_its_day_and_is_still_its_own(cast: Cast, shared: Task) -> None:
    leave(cast, shared, cast.stranger)
    opened(shared, "2022-09-02")
    assert owing(shared, "2022-08") == {cast.lead, cast.co_lead}
    august = report_of(shared, cast.co_lead, "2022-08")
    page = text_of(browser(cast.reporter).get(url(report_of(shared, cast.lead, "2022-08"))))
    assert f"由{cast.co_lead}填报" in page
    files(cast.co_reporter, cast.co_signer, august, "15")


def test_from_its_day_on_the_heir_does(cast: Cast, shared: Task) -> None:
    leave(cast, shared, cast.stranger)
    opened(shared, "2022-09-26")
    assert owing(shared, "2022-09") == {cast.lead, cast.stranger}
    september = report_of(shared, cast.stranger, "2022-09")
    main = report_of(shared, cast.lead, "2022-09")
    assert f"由{cast.stranger}填报" in text_of(browser(cast.reporter).get(url(main)))
    assert browser(cast.co_reporter).get(url(september)).status_code in (403, 404)
    files(cast.stranger_reporter, cast.stranger_signer, september, "18")


def test_without_an_heir_the_primary_does_from_that_day_on(cast: Cast, shared: Task) -> None:
    leave(cast, shared, None)
    july, august = (report_of(shared, cast.lead, code) for code in ("2022-07", "2022-08"))
    assert not asks(cast.reporter, july)
    today("2022-09-02")
    assert not asks(cast.reporter, august)
    opened(shared, "2022-09-26")
    september = report_of(shared, cast.lead, "2022-09")
    assert asks(cast.reporter, september)
    assert owing(shared, "2022-09") == {cast.lead}


def test_june_stays_what_and_whose_it_was(cast: Cast, shared: Task) -> None:
    today("2022-07-04")
    june = report_of(shared, cast.co_lead, "2022-06")
    files(cast.co_reporter, cast.co_signer, june, "9")
    today("2022-08-03")
    by_office.accept(report=june, actor=cast.office, now=at("2022-08-03"), digest="示例")
    leave(cast, shared, cast.stranger)
    opened(shared, "2022-09-26")
    assert owing(shared, "2022-06") == {cast.lead, cast.co_lead}
    assert f"reading:{number(shared).pk}" in numbers_shown(cast.co_reporter, june)
    heir = report_of(shared, cast.stranger, "2022-09")
    form = text_of(browser(cast.stranger_reporter).get(url(heir)))
    row = form[form.index("改造街巷") :]
    assert ">9<" in row[: row.index("</tr>")]  # what was accepted before


def numbers_shown(actor: Actor, report: ProgressReport) -> str:
    """The rows of a report as its page shows them."""
    assert browser(actor).get(url(report)).status_code == 200
    rows = rows_of(report, report.latest(), Sources.of([report]))
    return " ".join(row.prefix for row in rows.indicators if row.is_editable)


def told(step: Milestone) -> set[Unit | None]:
    found = Reminder.objects.filter(subject=f"milestone:{step.pk}").exclude(state="cancelled")
    return {each.unit for each in found.select_related("unit")}


@pytest.mark.parametrize("has_heir", [True, False])
def test_steps_are_reminded_of_to_who_reports_them_then(
    has_heir: bool, cast: Cast, shared: Task
) -> None:
    leave(cast, shared, cast.stranger if has_heir else None)
    august, september = shared.milestones.order_by("due_on")
    for day in ("2022-08-19", "2022-08-26", "2022-08-29"):
        plan_reminders(now=at(day))
    assert (told(august), told(september)) == ({cast.co_lead}, set())
    for day in ("2022-09-20", "2022-09-27"):
        plan_reminders(now=at(day))
    assert told(september) == {cast.stranger if has_heir else cast.lead}


@pytest.fixture
def listed(cast: Cast, shared: Task) -> int:
    """A street on the list of 市城管委, with a photo that nobody accepted yet."""
    row = sub_items.create(
        indicator=number(shared),
        unit=cast.co_lead,
        name="示例一巷",
        stage="done",
        started_on=date(2022, 3, 1),
        finished_on=date(2022, 7, 1),
        actor=cast.co_reporter,
        now=at("2022-08-03"),
    )
    photo = SimpleUploadedFile("现场.jpg", picture())
    address = reverse("progress:sub_item_photo", args=["2022", row.pk])
    browser(cast.office).post(address, {"file": photo})
    Evidence.objects.update(unit=None)  # as the office keeps it: nobody's own
    return row.pk


def keeps_list(actor: Actor, row: int) -> tuple[bool, bool]:
    """Whether the actor keeps the row, and opens its photo."""
    client = browser(actor)
    page = client.get(reverse("progress:sub_item", args=["2022", row]))
    photo = Evidence.objects.get()
    preview = client.get(reverse("progress:evidence_preview", args=["2022", photo.pk]))
    return page.status_code == 200, preview.status_code == 200


def test_the_list_behind_the_number_changes_hands_on_the_day(
    cast: Cast, shared: Task, listed: int
) -> None:
    leave(cast, shared, cast.stranger)
    today("2022-08-31")
    assert keeps_list(cast.co_reporter, listed) == (True, True)
    assert keeps_list(cast.stranger_reporter, listed) == (False, False)
    today("2022-09-01")
    assert keeps_list(cast.co_reporter, listed) == (False, False)
    assert keeps_list(cast.stranger_reporter, listed) == (True, True)


def test_the_list_goes_into_the_report_of_who_reports_the_number(
    cast: Cast, shared: Task, listed: int
) -> None:
    leave(cast, shared, cast.stranger)
    for day, unit, code, reporter, signer in (
        ("2022-09-02", cast.co_lead, "2022-08", cast.co_reporter, cast.co_signer),
        ("2022-09-26", cast.stranger, "2022-09", cast.stranger_reporter, cast.stranger_signer),
    ):
        opened(shared, day)
        report = report_of(shared, unit, code)
        files(reporter, signer, report, "1")
        assert SubItemReading.objects.filter(version__report=report).count() == 1


def test_an_action_plan_accepted_after_the_day_leaves_august_with_its_unit(
    cast: Cast, shared: Task
) -> None:
    leave(cast, shared, cast.stranger)
    opened(shared, "2022-09-02")
    august = report_of(shared, cast.co_lead, "2022-08")
    page = text_of(browser(cast.reporter).get(f"/2022/action-plans/{shared.pk}/"))
    heir = shared.responsibilities.get(unit=cast.stranger)
    assert page.count(f'<option value="{heir.pk}" selected>') == 2
    now = at("2022-09-02")
    written = action_plan_of(shared, now.date())
    action_plans.submit(action_plan=written, actor=cast.reporter, now=now)
    action_plans.sign(action_plan=written, actor=cast.signer, now=now)
    action_plans.accept(action_plan=written, actor=cast.office, now=now)
    field = f"milestone:{shared.milestones.order_by('due_on')[1].pk}:"
    assert field in text_of(browser(cast.co_reporter).get(url(august)))
    opened(shared, "2022-09-26")
    september = report_of(shared, cast.stranger, "2022-09")
    assert field in text_of(browser(cast.stranger_reporter).get(url(september)))


def new_number(cast: Cast, task: Task, starts_on: str) -> Any:
    address = reverse("tasks:change_number", args=["2022", task.pk])
    typed = {
        "name": "新建泵站",
        "unit_of_measure": "座",
        "kind": "cumulative",
        "comparator": "ge",
        "value": "3",
        "unit": cast.co_lead.pk,
        "starts_on": starts_on,
        "decided_by": "市政府常务会议",
        "decided_on": "2022-08-02",
        "authority": "示例纪要",
    }
    return browser(cast.office).post(address, {f"number-{key}": v for key, v in typed.items()})


def test_a_number_is_given_to_who_leads_on_its_first_day(cast: Cast, shared: Task) -> None:
    leave(cast, shared, cast.stranger)
    refused = new_number(cast, shared, "2022-09-10")
    assert refused.status_code == 409
    assert f"{cast.co_lead}不是此项的牵头单位" in text_of(refused)
    assert new_number(cast, shared, "2022-08-10").status_code == 302
    made = shared.indicators.get(name="新建泵站")
    by_day = [made.reporter_on(day) for day in (LAST, FIRST)]
    assert [held.unit for held in by_day if held is not None] == [cast.co_lead, cast.stranger]


def test_an_exit_brought_forward_leaves_the_heir_its_day(cast: Cast, shared: Task) -> None:
    """Registered for September with an heir, then for 15 August without: the primary in between."""
    leave(cast, shared, cast.stranger)
    leave(cast, shared, None, date(2022, 8, 15))
    days = (date(2022, 8, 14), date(2022, 8, 15), LAST, FIRST)
    held = [number(shared).reporter_on(day) for day in days]
    units = [each.unit for each in held if each is not None]
    assert units == [cast.co_lead, cast.lead, cast.lead, cast.stranger]


@pytest.mark.parametrize("day", [LAST, FIRST, date(2022, 10, 1)])
def test_the_database_answers_as_the_rows_do(day: date, cast: Cast, shared: Task) -> None:
    """After a chain of changes: 市城管委, then 市体育局, then 市财政局 with its own number."""
    leave(cast, shared, cast.stranger)
    detail = {"leaving": cast.stranger.pk, "unit": cast.support.pk, "role": "lead"}
    adjusted(cast, shared, "responsibility", date(2022, 10, 1), detail=detail)
    today(day.isoformat())
    holders = {
        unit
        for unit in (cast.lead, cast.co_lead, cast.stranger, cast.support)
        if Responsibility.objects.reported_by(unit).filter(indicators=number(shared)).exists()
    }
    held = number(shared).reporter_on(day)
    assert held is not None
    assert holders == {held.unit}
    assert held.pk in reporting_ids(shared.plan, day)
    wanted = {LAST: cast.co_lead, FIRST: cast.stranger, date(2022, 10, 1): cast.support}
    assert held.unit == wanted[day]
