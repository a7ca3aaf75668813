"""Nothing that is owed in any plan is missing from a desk while several are worked on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from bench.page_counts import Cost, counting
from huangshi_tasks.lib import clock
from progress.models import Message, Period, PeriodState, Reminder
from progress.reminding import messages
from progress.reminding.planning import plan_reminders
from progress.urging.acts import urge
from progress.urging.unreported import overdue_in
from tasks.models import NoticeDraft, Plan, PlanState, Responsibility
from tests.cast import make_item
from tests.page_costs import others_report
from tests.pages import text_of
from tests.two_plans import (
    NOW,
    TODAY,
    TwoYears,
    answers_of,
    begun,
    make_two_years,
    owed_by,
    to_review,
    to_sign,
    unsent,
)
from units.actors import Actor
from units.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    clock.configure(TODAY)
    yield
    clock.configure(None)


@pytest.fixture
def years() -> TwoYears:
    return make_two_years()


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def page(client: Client, address: str) -> str:
    response = client.get(address, follow=True)
    assert response.status_code == 200, address
    return text_of(response)


def links(html: str) -> set[str]:
    return {found.partition("?")[0] for found in re.findall(r'href="([^"#]*)', html)}


def test_the_oracle_has_something_of_every_plan(years: TwoYears) -> None:
    found = owed_by(years.cast.lead) | to_review() | to_sign(years.cast.lead)
    assert {url.split("/")[1] for url in found} == {"2022", "2022-2"}
    assert {url.split("/")[1] for url in answers_of(years.cast.lead)} >= {"2022", "2023", "2022-2"}


def test_a_unit_misses_nothing_whichever_year_it_looks_at(years: TwoYears) -> None:
    for actor in (years.cast.reporter, years.cast.signer, years.cast.supporter):
        assert actor.unit is not None
        client = browser(actor)
        for plan in years.plans:
            shown = links(page(client, f"/{plan.slug}/desk/"))
            assert owed_on_desk_of(actor) <= shown
            assert answers_of(actor.unit) <= shown


def owed_on_desk_of(actor: Actor) -> set[str]:
    """What the unit owes; the head of the unit finds what waits for the signature where it is
    signed.
    """
    assert actor.unit is not None
    owed = owed_by(actor.unit)
    if actor.role != Role.SIGNER:
        return owed
    waiting = to_sign(actor.unit)
    return owed - {url.replace("signing", "reports") for url in waiting} | waiting


def test_the_head_of_a_unit_signs_what_waits_in_every_year(years: TwoYears) -> None:
    client = browser(years.cast.signer)
    wanted = to_sign(years.cast.lead)
    assert len(wanted) == 2
    for plan in years.plans:
        assert wanted <= links(page(client, f"/{plan.slug}/signing/"))
        assert wanted <= links(page(client, f"/{plan.slug}/signing/batch/"))
    assert 'data-n="to-sign" data-of="*@now">2</b>' in page(client, "/2023/tasks/")
    response = client.get("/2023/signing/", follow=True)
    assert "重点" in response.content.decode()
    for url in wanted:
        assert client.get(url).status_code == 200


def test_the_office_misses_nothing_whichever_year_it_looks_at(years: TwoYears) -> None:
    client = browser(years.cast.office)
    assert len(to_review()) == 2
    for plan in years.plans:
        assert to_review() <= links(page(client, f"/{plan.slug}/review/"))
        assert unsent() <= links(page(client, f"/{plan.slug}/unreported/"))
        home = client.get(f"/{plan.slug}/office/").content.decode()  # with the names of numbers
        assert to_review() <= links(home)
        assert f'data-n="office-unreported">{len(unsent())}</span>份' in home
        assert 'data-n="office-waiting" data-of="*@now">2</span>份' in home
    assert 'data-n="office-waiting" data-of="*@now">2</b>' in page(client, "/2023/tasks/")


def test_every_number_of_the_office_counts_what_its_link_lists(years: TwoYears) -> None:
    client = browser(years.cast.office)
    NoticeDraft.objects.create(
        plan=years.new,
        started_by=years.cast.office.user,
        started_by_name="示例",
        started_at=NOW,
        state="activated",
    )
    for plan in years.plans:
        html = page(client, f"/{plan.slug}/office/")
        assert _number(html.partition('class="sub"')[2].partition(">报送<")[2]) == len(unsent())
        others = html.partition("<h2>其他年度</h2>")[2].partition("</section>")[0]
        found = re.findall(r'href="(/[^"]*filings/[^"]*)">[^<]*<b[^>]*>(\d+)', others)
        assert found
        for url, count in found:
            assert client.get(unescape(url)).context["count"] == int(count), url
        assert ("启用时遗留" in others) == (plan != years.new)


def _number(html: str) -> int:
    found = re.search(r"b[^>]*>(\d+)", html)
    assert found is not None
    return int(found[1])


def test_after_a_decision_the_next_report_may_be_of_another_year(years: TwoYears) -> None:
    client = browser(years.cast.office)
    for url in sorted(to_review()):
        assert client.get(url).status_code == 200
    first, second = sorted(to_review())
    response = client.post(
        f"{first}return/", {"reason": "示例：请补充数据。", "version": _seen(client, first)}
    )
    assert response.status_code == 302
    assert response["Location"].partition("?")[0] == second


def _seen(client: Client, url: str) -> str:
    found = re.search(r'name="version" value="([^"]*)"', page(client, url))
    assert found is not None
    return found.group(1)


def test_a_year_is_named_only_where_there_are_several(years: TwoYears) -> None:
    client = browser(years.cast.reporter)
    assert 'class="yc' in page(client, "/2022/desk/")
    assert 'class="menu yrs"' in page(client, "/2022/desk/")
    assert "【2022年" in _one_text(years)
    Plan.objects.exclude(pk=years.old.pk).update(state=PlanState.DRAFT)
    html = page(client, "/2022/desk/")
    assert 'class="yc' not in html
    assert 'class="menu yrs"' not in html


def _one_text(years: TwoYears) -> str:
    plan_reminders(now=NOW)
    return Reminder.objects.filter(link__startswith="/2022/")[0].text


def test_the_chips_of_years_show_one_of_them(years: TwoYears) -> None:
    client = browser(years.cast.reporter)
    with_signer = {url.replace("signing", "reports") for url in to_sign(years.cast.lead)}
    todo = owed_by(years.cast.lead) - with_signer
    html = page(client, "/2023/desk/?plan=2022-2")
    listed = html.partition("<h2>待办")[2].partition("</section>")[0]
    assert links(listed) & todo == {url for url in todo if url.startswith("/2022-2/")}


def test_the_switch_keeps_the_page(years: TwoYears) -> None:
    client = browser(years.cast.reporter)
    assert {"/2023/tasks/", "/2022-2/tasks/"} <= links(page(client, "/2022/tasks/"))
    assert {"/2023/tasks/", "/2022-2/tasks/"} <= links(page(client, "/2022/tasks/1/"))
    html = page(client, "/2023/tasks/")
    assert "去待办" in html  # 2022 still takes filings
    assert "去待办" not in page(client, "/2022/tasks/")


def test_the_switch_goes_to_the_item_that_is_continued(years: TwoYears) -> None:
    earlier = years.old.tasks.get(number=2)
    years.new.tasks.filter(number=4).update(carried_from=earlier)
    client = browser(years.cast.office)
    assert "/2023/tasks/4/" in _switch(page(client, "/2022/tasks/2/"))
    assert "/2022/tasks/2/" in _switch(page(client, "/2023/tasks/4/"))
    assert "/2022-2/tasks/" in _switch(page(client, "/2023/tasks/4/"))  # has none: the list
    assert "/2023/tasks/" in _switch(page(client, "/2022/tasks/3/"))
    years.new.tasks.filter(number=4).update(visibility="restricted")
    assert "/2023/tasks/" in _switch(page(browser(years.cast.leader), "/2022/tasks/2/"))


def test_the_switch_of_a_refused_form_leads_to_pages(years: TwoYears) -> None:
    client = browser(years.cast.office)
    for to in (
        "/2022/matters/new/",
        "/2022/state/archive/",
        f"/2022/review/{_waiting(years)}/return/",
    ):
        response = client.post(to, {})
        assert response.status_code in (200, 400, 409, 422), to
        for url in _switch(response.content.decode()):
            assert client.get(url, follow=True).status_code == 200, (to, url)


def _waiting(years: TwoYears) -> int:
    return years.old.periods.get(code="2022-12").reports.filter(state="reviewing")[0].pk


def _switch(html: str) -> set[str]:
    """The addresses of the menu of years."""
    menu = html.partition('class="menu yrs"')[2].partition("</details>")[0]
    found = links(menu)
    assert len(found) > 1, menu[:300]
    return found


def test_reminders_of_several_plans_are_one_digest_and_none_comes_twice(years: TwoYears) -> None:
    plan_reminders(now=NOW)
    messages.make_digests(now=NOW, at=NOW)
    told = Reminder.objects.filter(recipient=years.cast.reporter.user, message__isnull=False)
    slugs = {row.link.split("/")[1] for row in told}
    assert {"2022", "2022-2", "2023"} <= slugs
    assert Message.objects.filter(recipient=years.cast.reporter.user).count() == 1
    before = Reminder.objects.count()
    plan_reminders(now=NOW + timedelta(hours=3))
    assert Reminder.objects.count() == before


def test_urging_writes_each_year_into_its_own_register(years: TwoYears) -> None:
    Period.objects.filter(code="2022-12").update(due_on=TODAY - timedelta(days=1))
    for report in overdue_in(years.plans, TODAY):
        report.due_on = TODAY - timedelta(days=1)
        report.save(update_fields=["due_on"])
    found = overdue_in(years.plans, TODAY)
    done = urge(subjects=found, actor=years.cast.office, now=NOW)
    assert done.count == len(found) > 2
    assert {each.plan.slug for each in Plan.objects.get(slug="2022").urges.all()} == {"2022"}
    for plan in (years.old, years.special):
        urged = {subject.report for entry in plan.urges.all() for subject in entry.subjects.all()}
        assert urged == {each for each in found if each.task.plan_id == plan.pk}


def test_leaders_start_on_the_newest_main_plan_with_a_finalized_period(years: TwoYears) -> None:
    client = browser(years.cast.leader)
    assert client.get("/")["Location"] == "/2022/overview/"
    html = page(client, "/2022/overview/")
    assert "2023年责任分解" in html
    assert "/2023/tasks/" in links(html)
    assert client.get("/2023/tasks/").status_code == 200
    Period.objects.filter(plan=years.new, code="2023-02").update(state=PeriodState.FINALIZED)
    assert client.get("/")["Location"] == "/2023/overview/"
    assert "看2023年责任分解" not in page(client, "/2022/overview/")


def test_a_special_plan_never_takes_the_leaders_home(years: TwoYears) -> None:
    later = begun(years.old, 2024, "2024", series="专项整治", is_main=False)
    Period.objects.filter(plan=later, code="2024-02").update(state=PeriodState.FINALIZED)
    assert browser(years.cast.leader).get("/")["Location"] == "/2022/overview/"


def test_everybody_else_starts_in_the_newest_main_plan(years: TwoYears) -> None:
    assert browser(years.cast.reporter).get("/")["Location"] == "/2023/desk/"
    assert browser(years.cast.office).get("/")["Location"] == "/2023/office/"


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("reporter", "/2022/desk/"),
        ("reporter", "/2022/tasks/"),
        ("reporter", "/2022/matters/"),
        ("office", "/2022/office/"),
        ("office", "/2022/review/"),
        ("office", "/2022/unreported/"),
        ("office", "/2022/tasks/"),
        ("leader", "/2022/overview/"),
        ("leader", "/2022/tasks/1/"),
        ("signer", "/2022/signing/batch/"),
    ],
)
def test_three_plans_cost_little_more_than_one(years: TwoYears, who: str, address: str) -> None:
    """The same is owed in both cases: what is counted is that there are other plans."""
    years.special.state = PlanState.DRAFT
    years.special.save(update_fields=["state"])
    third = begun(years.old, 2023, "2023-2", series="优化营商环境行动", is_main=False)
    for number in (1, 2, 3):
        make_item(third, years.cast, number)
    client = browser(getattr(years.cast, who))
    several = _cost(client, address)
    Plan.objects.exclude(pk=years.old.pk).update(state=PlanState.DRAFT)
    one = _cost(client, address)
    assert several.queries <= 1.3 * one.queries, (several, one)
    assert several.objects <= 1.3 * one.objects, (several, one)


def _cost(client: Client, address: str) -> Cost:
    """By a process that has seen the page, after somebody has reported something."""
    client.get(address, follow=True)
    others_report()
    client.get(address, follow=True)
    others_report()
    with counting() as cost:
        assert client.get(address, follow=True).status_code == 200
    return cost()


def test_what_is_received_in_one_year_is_asked_in_the_other(years: TwoYears) -> None:
    Responsibility.objects.filter(task__plan=years.old).update(received_at=NOW)
    html = page(browser(years.cast.reporter), "/2022/desk/")
    assert '<a href="/2023/duties/"><b>2023年责任5项待签收</b></a>' in html
    assert '<a href="/2022-2/duties/"><b>2022年责任5项待签收</b></a>' in html  # of the special plan
    assert '<a href="/2022/duties/"><b>2022年责任' not in html
