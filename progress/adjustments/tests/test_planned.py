"""A change of the lead that is registered before its day: until then today's lead answers, sees
and is told, from that day on the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from huangshi_tasks.lib import clock
from progress.adjustments.acts import revoke_adjustment
from progress.models import Reminder, SiteVisit
from progress.visits.acts import plan_visit, record_visit
from tasks.holders.officers import assign, end
from tasks.models import Plan, Portfolio, Task
from tests.cast import Cast, at, fill, make_item, report_of
from tests.decisions import adjusted
from tests.matters import make_post, sent_order
from tests.pages import browser, text_of, url
from units.actors import Actor
from units.errors import NotNow
from units.models import Appointment, Post, Unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

FIRST = date(2022, 9, 1)  # of the next lead
LAST = date(2022, 8, 31)
WHERE = ["2022", "key_task", 1, "responsibility"]


@pytest.fixture
def first_of_september() -> Iterator[None]:
    clock.configure(FIRST)
    yield
    clock.configure(None)


@pytest.fixture
def moving(cast: Cast, task: Task) -> Task:
    """市体育局 leads the item from 1 September on, instead of 市住建局."""
    detail = {
        "leaving": cast.lead.pk,
        "unit": cast.stranger.pk,
        "role": "lead",
        "becomes_primary": True,
    }
    adjusted(cast, task, "responsibility", FIRST, detail=detail)
    return Task.objects.get(pk=task.pk)


def action_plan(task: Task) -> str:
    return f"/2022/action-plans/{task.pk}/"


def writes_the_action_plan(actor: Actor, task: Task) -> bool:
    return 'name="step-0-title"' in text_of(browser(actor).get(action_plan(task)))


def test_until_its_day_the_lead_of_today_writes_the_action_plan(cast: Cast, moving: Task) -> None:
    assert writes_the_action_plan(cast.reporter, moving)
    assert not writes_the_action_plan(cast.stranger_reporter, moving)
    listed = text_of(browser(cast.office).get("/2022/action-plans/"))
    assert cast.lead.name in listed
    assert cast.stranger.name not in listed


def test_from_its_day_on_the_next_one_does(
    cast: Cast, moving: Task, first_of_september: None
) -> None:
    assert writes_the_action_plan(cast.stranger_reporter, moving)
    assert not writes_the_action_plan(cast.reporter, moving)
    listed = text_of(browser(cast.office).get("/2022/action-plans/"))
    assert cast.stranger.name in listed
    assert cast.lead.name not in listed


def test_the_lead_of_today_still_files_its_number(cast: Cast, moving: Task) -> None:
    july = report_of(moving, cast.lead)
    fill(july, cast.reporter, at("2022-08-03"), 180)
    page = text_of(browser(cast.reporter).get(url(july)))
    assert 'value="180"' in page
    assert moving.short_title in text_of(browser(cast.reporter).get("/", follow=True))


def visited(cast: Cast, task: Task, now: str) -> SiteVisit:
    visit = plan_visit(task=task, actor=cast.office, now=at(now), because="示例：进度过快")
    return record_visit(
        visit=visit,
        actor=cast.office,
        now=at(now),
        kind="on_site",
        visited_on=date.fromisoformat(now),
        people="督查室（示例）",
        finding="partly",
        text="示例：有出入。",
        mend_by=date(2022, 9, 30),
    )


def reached(visit: SiteVisit) -> set[Unit | None]:
    told = Reminder.objects.filter(subject=f"visit:{visit.pk}")
    return {each.unit for each in told.select_related("unit")}


def sees(actor: Actor, visit: SiteVisit) -> bool:
    return browser(actor).get(f"/2022/visits/{visit.pk}/").status_code == 200


def test_a_visit_is_told_and_shown_to_who_leads_on_the_day(cast: Cast, moving: Task) -> None:
    visit = visited(cast, moving, "2022-08-03")
    assert reached(visit) == {cast.lead}
    assert sees(cast.reporter, visit)
    assert not sees(cast.stranger_reporter, visit)


def test_a_visit_afterwards_is_for_the_next(
    cast: Cast, moving: Task, first_of_september: None
) -> None:
    visit = visited(cast, moving, "2022-09-01")
    assert reached(visit) == {cast.stranger}
    assert sees(cast.stranger_reporter, visit)
    assert not sees(cast.reporter, visit)


def leader_of(cast: Cast, unit: Unit, last: date | None = None) -> Actor:
    """A leader who has `unit` in charge, until a day when so planned."""
    post = make_post(f"分管{unit}的副市长（示例）")
    Portfolio.objects.create(
        post=post, kind="in_charge", unit=unit, starts_on=date(2022, 1, 21), ends_on=last
    )
    held = cast.leader.appointment
    held.post = post
    held.save(update_fields=["post"])
    return Actor(cast.leader.user, Appointment.objects.get(pk=held.pk))


def test_the_leader_in_charge_of_today_reads_the_order(cast: Cast, moving: Task) -> None:
    order = sent_order(cast, moving)
    leader = leader_of(cast, cast.lead, LAST)
    assert browser(leader).get(f"/2022/orders/{order.pk}/").status_code == 200
    other = leader_of(cast, cast.stranger)
    assert browser(other).get(f"/2022/orders/{order.pk}/").status_code == 404


def test_the_page_of_the_change_names_who_answers_now(cast: Cast, moving: Task) -> None:
    page = text_of(browser(cast.office).get(reverse("progress:ask", args=WHERE)))
    assert f"<li>{cast.lead}（牵头，汇总牵头）</li>" in page
    assert f"<li>{cast.stranger}（" not in page


def test_before_what_is_planned_nothing_else_is_put(cast: Cast, moving: Task) -> None:
    detail = {"leaving": None, "unit": cast.co_lead.pk, "role": "lead", "becomes_primary": True}
    with pytest.raises(NotNow, match="生效日期须晚于"):
        adjusted(cast, moving, "responsibility", date(2022, 8, 15), detail=detail)


def test_a_role_with_an_end_can_be_given_up_before_it(cast: Cast, plan: Plan) -> None:
    """市财政局 was named until the end of the year, and leaves in September."""
    item = make_item(plan, cast, 2)
    held = item.responsibilities.get(unit=cast.support)
    held.ends_on = date(2022, 12, 31)
    held.save()
    detail = {"leaving": cast.support.pk, "unit": None, "role": "", "becomes_primary": False}
    done = adjusted(cast, item, "responsibility", FIRST, detail=detail)
    held.refresh_from_db()
    assert held.ends_on == LAST
    assert [name for name, *_ in done.before["held"]] == [cast.lead.name, cast.support.name]
    assert [name for name, *_ in done.before["then"]] == [cast.lead.name]
    with pytest.raises(NotNow):
        revoke_adjustment(adjustment=done, reason="示例", actor=cast.office, now=at("2022-08-03"))


def test_an_officer_who_ends_later_is_followed_from_the_earlier_day(cast: Cast, task: Task) -> None:
    one, two = (
        Post.objects.create(title=f"督查{place}科（示例）", kind="supervisor") for place in "一二"
    )
    given: dict[str, Any] = {"task": task, "actor": cast.office, "now": at("2022-08-03")}
    first = assign(post=one, starts_on=date(2022, 2, 1), **given)
    end(portfolio=first, last_day=date(2022, 10, 31), actor=cast.office, now=at("2022-08-03"))
    assign(post=two, starts_on=FIRST, **given)
    first.refresh_from_db()
    assert first.ends_on == LAST
