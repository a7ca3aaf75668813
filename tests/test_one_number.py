"""待办: desk, chips, groups, digest and bell say one number, that of a plain count of tables; and
the door for other systems says those of page and Excel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from urllib.parse import urlencode

import pytest

from huangshi_tasks.lib import clock
from progress.lifecycle import by_office, by_unit
from progress.models import (
    Instruction,
    Message,
    ProgressReport,
    SiteVisit,
    SupervisionOrder,
    SupportRequest,
)
from progress.periods.opening import open_due_periods
from progress.reminding import messages
from progress.reminding.planning import plan_reminders
from progress.supports.acts import ask
from reports.bulletins import acts as papers
from reports.bulletins.tests.papers import draft_of, june_with_one_behind
from reports.models import BulletinLine
from reports.stats.tests.test_tiles import every_tile, lines_of, make_year
from tasks.action_plans.acts import submit
from tasks.action_plans.tests.test_drafting import write
from tasks.models import ActionPlan, Milestone, Plan, Responsibility, Task
from tests.cast import (
    Cast,
    accept_report,
    at,
    file_report,
    fill,
    make_item,
    make_milestone,
    make_plan,
    report_of,
)
from tests.matters import answered, make_instruction, sent_order
from tests.pages import browser
from units.actors import Actor

pytestmark = pytest.mark.django_db
NOW = at("2022-08-04", "09:00:00")
TODAY = NOW.date()
NUMBER = r"待办<span[^>]*>(\d+)</span>项</h1>"
STATES = ("none", "draft", "signing", "returned", "reviewing", "accepted")


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    clock.configure(TODAY)
    yield
    clock.configure(None)


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow), 3])
def test_desk_chips_groups_digest_and_bell_say_one_number(seed: int) -> None:
    cast, plan = Cast(), make_plan()
    _anything(cast, plan, Random(seed))
    plan_reminders(now=NOW)
    messages.make_digests(now=NOW, at=NOW)
    for actor in (cast.reporter, cast.signer, cast.supporter):
        wanted = _counted(actor)
        html = browser(actor).get("/2022/desk/").content.decode()
        assert _of(html, NUMBER) == [wanted]
        assert _of(html, r"全部 <b[^>]*>(\d+)") == ([wanted] if wanted else [])
        assert sum(_of(html, r'href="\?kind=\w+"[^>]*>\w+ <b[^>]*>(\d+)')) == wanted
        assert sum(_of(html, r'class="td-g[^>]*>[^<]*<small>(\d+)项')) == wanted
        bell = browser(actor).get("/notices/").content.decode()
        assert (f"{actor.unit}待办{wanted}项" in bell) == bool(wanted)
        for digest in Message.objects.filter(recipient=actor.user, is_immediate=False):
            assert _of(digest.text, r"待办(\d+)项") == [wanted]
    assert Message.objects.filter(recipient=cast.reporter.user, is_immediate=False).exists()


def test_nothing_is_said_to_be_done_while_something_is_late() -> None:
    cast, plan = Cast(), make_plan()
    html = browser(cast.reporter).get("/2022/desk/").content.decode()
    assert _of(html, NUMBER) == [0]
    make_instruction(cast, plan, due_on=date(2022, 8, 3))
    html = browser(cast.reporter).get("/2022/desk/").content.decode()
    assert _of(html, NUMBER) == [1]
    assert "已逾期" in html


def _of(html: str, pattern: str) -> list[int]:
    return [int(each) for each in re.findall(pattern, html)]


def _anything(cast: Cast, plan: Plan, chance: Random) -> None:
    """A year in some state: every kind of thing to do, each there or not."""
    june = june_with_one_behind(plan, cast)
    items = [make_item(plan, cast, number) for number in range(11, 11 + chance.randint(2, 4))]
    items.append(make_item(plan, cast, 2, kind="practical_project"))
    open_due_periods(plan, TODAY)
    for item in items:
        _filed(cast, report_of(item, cast.lead), chance.choice(STATES))
        _held(cast, item, chance)
    for source in ("written", "meeting", "check"):
        if chance.random() < 0.7:
            due = TODAY + timedelta(days=chance.randint(-3, 9))
            matter = make_instruction(cast, plan, source=source, due_on=due)
            if chance.random() < 0.4:
                answered(cast, matter)
    if chance.random() < 0.7:
        order = sent_order(cast, items[0])
        if chance.random() < 0.4:
            answered(cast, order)
    if chance.random() < 0.7:
        papers.ask(bulletin=draft_of(june, cast), actor=cast.office, now=NOW)


def _filed(cast: Cast, report: ProgressReport, state: str) -> None:
    now = at("2022-08-02")
    if state in ("draft", "signing"):
        fill(report, cast.reporter, now, 200)
    if state == "signing":
        by_unit.submit(report=report, actor=cast.reporter, now=now)
    if state in ("reviewing", "returned"):
        sent = file_report(cast, report, now, 200)
        if state == "returned":
            by_office.return_to_unit(report=sent, actor=cast.office, now=now, reason="示例：补。")
    if state == "accepted":
        accept_report(cast, report, now, 200)


def _held(cast: Cast, item: Task, chance: Random) -> None:
    primary = item.responsibilities.get(is_primary=True)
    if chance.random() < 0.5:
        due = TODAY + timedelta(days=chance.choice([-40, -1, 3, 14, 15, 60]))
        make_milestone(item, primary, due)
    if chance.random() < 0.5:
        item.responsibilities.update(received_at=NOW)
    if item.tracking == "quantitative" and chance.random() < 0.4:
        submit(action_plan=write(cast, item), actor=cast.reporter, now=NOW)
    if chance.random() < 0.4:
        day = TODAY + timedelta(days=3)
        SiteVisit.objects.create(
            task=item,
            state=chance.choice(["planned", "recorded", "mended"]),
            planned_at=NOW,
            planned_by=cast.office.user,
            planned_by_name="督查室",
            visited_on=TODAY,
            people="示例",
            finding="partly",
            text="示例：两处未达标。",
            mend_by=day,
        )
    report = report_of(item, cast.lead)
    if report.state == "draft" and chance.random() < 0.5:
        day = TODAY + timedelta(days=2)
        ask(
            report=report,
            units=[cast.support],
            question="示例：请提供资金情况。",
            due_on=day,
            actor=cast.reporter,
            now=NOW,
        )


def _counted(actor: Actor) -> int:
    """What this person has to do, by plain loops over the tables."""
    unit, is_signer = actor.unit, actor.is_signer
    assert unit is not None
    own = [held for held in Responsibility.objects.all() if held.unit_id == unit.pk]
    led = {held.task_id for held in own if held.role != "support"}
    first = {held.task_id for held in own if held.is_primary}
    mine = ("signing", "draft", "returned") if is_signer else ("draft", "returned")
    reports = [
        report
        for report in ProgressReport.objects.all()
        if report.responsibility.unit_id == unit.pk
        and report.state in mine
        and report.period.state == "collecting"
        and report.period.opens_on <= TODAY
    ]
    count = len(reports)
    open_states = ["registered", "answering", "returned", "sent"] + ["signing"] * is_signer
    for matter in Instruction.objects.all():
        leads = {held.unit_id for held in matter.units.all() if held.role == "lead"}
        count += matter.state in open_states and unit.pk in leads
    count += sum(
        order.state in open_states and order.unit_id == unit.pk
        for order in SupervisionOrder.objects.all()
    )
    count += sum(
        asked.state == "asked" and asked.unit_id == unit.pk
        for asked in SupportRequest.objects.all()
    )
    count += sum(
        step.done_on is None
        and step.task_id in led
        and step.responsibility.unit_id == unit.pk
        and step.due_on <= TODAY + timedelta(days=14)
        for step in Milestone.objects.all()
    )
    count += sum(
        visit.state == "recorded" and visit.task_id in led for visit in SiteVisit.objects.all()
    )
    for task in Task.objects.filter(pk__in=first):
        plans = list(ActionPlan.objects.filter(task=task))
        state = plans[0].state if plans else ""
        if state == "signing":
            count += is_signer
        elif state != "reviewing":
            count += task.tracking in ("quantitative", "milestone")
    count += any(held.received_at is None for held in own)
    papers = {
        line.bulletin_id
        for line in BulletinLine.objects.all()
        if line.unit_id == unit.pk
        and line.bulletin.state == "checking"
        and line.answered_at is None
    }
    return count + len(papers)


@pytest.mark.parametrize("seed", [3])
def test_the_door_for_other_systems_says_what_page_and_excel_say(seed: int) -> None:
    cast, plan = Cast(), make_plan()
    make_year(plan, cast, seed)
    client = browser(cast.office)
    counts = client.get("/api/v1/plans/2022/counts/").json()
    said = {each["name"]: each["count"] for each in counts["counts"]}
    assert said == {tile.name: tile.count for tile in every_tile(plan, cast)}
    for each in Random(seed).sample(counts["counts"], 12):
        rows = client.get("/api/v1/plans/2022/items/", each["filters"]).json()
        assert rows["count"] == len(rows["results"]) == each["count"], each
        asked = {"period" if k == "as_of" else k: v for k, v in each["filters"].items()}
        page = client.get("/2022/tasks/", asked)
        assert [row["percent"] for row in rows["results"]] == [
            None if face.percent is None else float(face.percent)
            for _, faces in page.context["shown"]
            for face in faces
        ], each
        assert lines_of(client, urlencode(asked)) == each["count"], each
