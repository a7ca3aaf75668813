"""核查: drawn so that anybody can repeat it, recorded, counted, mended, closed."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from progress.judging.figures import figures_of
from progress.matters.fields import written
from progress.models import Evidence, Reading, SiteVisit, VisitDraw, VisitState
from progress.visits.acts import close_visit, mend, plan_visit
from progress.visits.draws import digest_of, draw, pool_of, ranked, ranks_of
from progress.visits.workflow import VISITS
from tasks.models import Plan, Task
from tests.cast import Cast, accept_report, at, make_item, make_plan, report_of
from tests.office_files import picture
from tests.pages import browser, text_of
from units.actors import Actor
from units.errors import NotNow, Refused
from units.models import LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

NOW = at("2022-08-03")
FOUND: dict[str, object] = {
    "kind": "on_site",
    "visited_on": "2022-08-02",
    "people": "督查室（示例）",
    "finding": "true",
    "text": "示例：与所报一致。",
}


@pytest.fixture
def plan() -> Plan:
    return make_plan()


@pytest.fixture
def task(cast: Cast, plan: Plan) -> Task:
    """June of it was accepted with 150 km."""
    task = make_item(plan, cast)
    accept_report(cast, report_of(task, cast.lead, "2022-06"), at("2022-07-04"), 150)
    return task


@pytest.fixture
def visit(cast: Cast, task: Task) -> SiteVisit:
    return plan_visit(task=task, actor=cast.office, now=NOW, because="示例：进度过快")


def address(name: str, pk: int | None = None) -> str:
    return reverse(f"progress:{name}", args=["2022"] + ([pk] if pk else []))


def record(actor: Actor, visit: SiteVisit, **values: object) -> str:
    """Post the record; the page that comes back."""
    url = address("visit_record", visit.pk)
    page = text_of(browser(actor).post(url, FOUND | values, follow=True))
    visit.refresh_from_db()
    return page


def test_a_draw_can_be_repeated_by_anybody(cast: Cast, plan: Plan) -> None:
    tasks = [make_item(plan, cast, number) for number in range(1, 13)]
    made = draw(plan=plan, pool="all", how_many=4, seed="20220803", actor=cast.office, now=NOW)
    by_hand = sorted(
        tasks, key=lambda each: hashlib.sha256(f"20220803:{each.code}".encode()).hexdigest()
    )
    drawn = set(SiteVisit.objects.filter(draw=made).values_list("task_id", flat=True))
    assert drawn == {each.pk for each in by_hand[:4]}
    assert {rank.task.pk for rank in ranks_of(made) if rank.is_drawn} == drawn
    payload = LogEntry.objects.get(action="visit.draw").payload
    assert '"seed":"20220803"' in payload
    assert all(each.code in payload for each in tasks)
    assert len(pool_of(plan, "all")) == 8  # what is drawn is not drawn again
    page = text_of(browser(cast.office).get(address("visit_drawn", made.pk)))
    assert "结果一致" in page
    SiteVisit.objects.first().delete()  # type: ignore[union-attr]
    assert "结果与记录不一致" in text_of(browser(cast.office).get(address("visit_drawn", made.pk)))


def test_every_item_is_drawn_about_as_often_as_any_other() -> None:
    tasks = [Task(pk=number, kind="key_task", number=number) for number in range(1, 11)]
    hits = dict.fromkeys(range(1, 11), 0)
    for seed in range(2000):
        for rank in ranked(str(seed), tasks, 3):
            hits[rank.task.number] += rank.is_drawn
    assert all(500 < count < 700 for count in hits.values()), hits
    assert len(digest_of("1", "重点工作第1项")) == 64


def test_figures_that_jumped_or_were_never_looked_at_get_more_lots(
    cast: Cast, plan: Plan, task: Task
) -> None:
    filed = (
        ("2022-04", "05-04", 110, "示例：完成征地，进场施工。"),
        ("2022-05", "06-06", 130, "示例：北段路基贯通，南段开挖。"),
        ("2022-07", "08-03", 200, "示例：沥青摊铺，桥梁合龙。"),
    )
    for code, day, value, text in filed:
        report = report_of(task, cast.lead, code)
        accept_report(cast, report, at(f"2022-{day}"), value, progress=text)
    quiet = make_item(plan, cast, 2)
    made = draw(plan=plan, pool="all", how_many=1, seed="7", actor=cast.office, now=NOW)
    lots = {rank.task.pk: (rank.lots, rank.why) for rank in ranks_of(made)}
    assert lots == {task.pk: (3, "数据从未核查、本期增幅大"), quiet.pk: (1, "")}
    names = [task.code, f"{task.code}第2签", f"{task.code}第3签"]
    first = next(rank for rank in ranks_of(made) if rank.task == task)
    assert first.digest == min(digest_of("7", name) for name in names)
    page = text_of(browser(cast.office).get(address("visit_drawn", made.pk)))
    assert "数据从未核查、本期增幅大" in page
    assert "结果一致" in page


def test_three_lots_are_drawn_about_three_times_as_often() -> None:
    tasks = [Task(pk=number, kind="key_task", number=number) for number in range(1, 11)]
    hits = 0
    for seed in range(2000):
        drawn = next(rank for rank in ranked(str(seed), tasks, 1, {"1": (3, "示例")}))
        hits += drawn.task.number == 1
    assert 420 < hits < 580  # 3 of 12 lots


def test_without_a_seed_one_is_made_and_too_many_cannot_be_drawn(
    cast: Cast, plan: Plan, task: Task
) -> None:
    client = browser(cast.office)
    asked = {"pool": "all", "how_many": "2"}
    answer = client.post(address("visit_draw"), asked)
    assert answer.status_code == 409
    assert "可抽取的有1项" in text_of(answer)
    assert not VisitDraw.objects.exists()
    client.post(address("visit_draw"), asked | {"how_many": "1"})
    assert len(VisitDraw.objects.get().seed) == 16


def test_choosing_takes_a_reason_and_happens_once(cast: Cast, task: Task) -> None:
    client = browser(cast.office)
    assert "请写明选定该事项核查的原因" in text_of(
        client.post(address("visit_choose"), {"task": written(task)})
    )
    chosen = {"task": written(task), "because": "示例：群众反映"}
    client.post(address("visit_choose"), chosen)
    assert "已列入核查，尚未登记结果" in text_of(client.post(address("visit_choose"), chosen))
    assert SiteVisit.objects.get().chosen_because == "示例：群众反映"
    with pytest.raises(Refused):
        plan_visit(task=task, actor=cast.reporter, now=NOW, because="x")


def test_the_figure_found_becomes_the_verified_one(
    cast: Cast, task: Task, visit: SiteVisit
) -> None:
    reading = Reading.objects.get(indicator__task=task)
    page = record(cast.office, visit, reading=reading.pk, figure="148.5")
    assert "核查结果已登记" in page
    reading.refresh_from_db()
    assert (reading.value, reading.verified) == (Decimal(150), Decimal("148.5"))
    assert reading.verified_by == cast.office.user
    assert "2022-08-02核查属实" in reading.verified_reason
    figures = figures_of([task.pk], date(2022, 7, 31))
    assert figures.value(reading.indicator_id, None, date(2022, 7, 31)) == Decimal("148.5")
    assert "148.5" in LogEntry.objects.get(action="sitevisit.record").payload


def test_bad_records_come_back_as_typed(cast: Cast, task: Task, visit: SiteVisit) -> None:
    reading = Reading.objects.get(indicator__task=task)
    wrong: list[tuple[dict[str, object], str]] = [
        ({"visited_on": "2022-08-04"}, "核查日期不能晚于今天"),
        ({"finding": "partly"}, "请填写整改期限"),
        ({"finding": "false", "mend_by": "2022-08-01"}, "整改期限不能早于核查日期"),
        ({"people": ""}, "请填写核查人员"),
        ({"finding": "紫"}, "请选择核查结论"),
        ({"figure": "12"}, "请选择核查数核定的是哪个数"),
        ({"reading": reading.pk}, "请填写核查数"),
        ({"reading": "999999", "figure": "1"}, "请从列出的数中选择"),
        ({"reading": reading.pk, "figure": "甲"}, "请填写数字"),
    ]
    for values, sentence in wrong:
        page = record(cast.office, visit, **values)
        assert sentence in page, values
        assert "示例：与所报一致。" in page
        assert visit.state == "planned"
    assert Reading.objects.get(pk=reading.pk).verified is None


def test_nobody_verifies_what_they_filed(cast: Cast, task: Task, visit: SiteVisit) -> None:
    reading = Reading.objects.get(indicator__task=task)
    version = reading.version
    version.signed_by = cast.office.user
    version.save()
    values = FOUND | {"reading": reading.pk, "figure": "1"}
    answer = browser(cast.office).post(address("visit_record", visit.pk), values)
    assert answer.status_code == 403
    visit.refresh_from_db()
    assert visit.state == "planned"


def test_what_is_to_be_mended_is_mended_before_it_is_closed(cast: Cast, visit: SiteVisit) -> None:
    record(cast.office, visit, finding="false", mend_by="2022-08-20")
    with pytest.raises(NotNow, match="请先登记整改情况"):
        close_visit(visit=visit, actor=cast.office, now=NOW)
    said = {"mended_on": date(2022, 8, 3), "note": "示例：已补验收。"}
    with pytest.raises(NotNow, match="不能早于核查日期"):
        mend(visit=visit, actor=cast.office, now=NOW, **said | {"mended_on": date(2022, 8, 1)})  # type: ignore[arg-type]
    mend(visit=visit, actor=cast.office, now=NOW, **said)  # type: ignore[arg-type]
    close_visit(visit=visit, actor=cast.office, now=NOW)
    with pytest.raises(NotNow, match="当前为“完成”"):
        mend(visit=visit, actor=cast.office, now=NOW, **said)  # type: ignore[arg-type]


def test_units_on_the_item_read_it_with_its_photos_once_it_is_closed(
    cast: Cast, visit: SiteVisit
) -> None:
    photo = SimpleUploadedFile("现场.jpg", picture())
    browser(cast.office).post(address("visit_photo", visit.pk), {"file": photo})
    record(cast.office, visit)
    page, file = address("visit", visit.pk), address("evidence", Evidence.objects.get().pk)
    readers = (cast.reporter, cast.supporter, cast.leader)
    for actor in readers:
        assert browser(actor).get(page).status_code == 404
        assert browser(actor).get(file).status_code == 404
        assert "还没有" not in text_of(browser(actor).get(address("visits")))
    browser(cast.office).post(address("visit_close", visit.pk))
    for actor in readers:
        assert "示例：与所报一致。" in text_of(browser(actor).get(page))
        assert browser(actor).get(file).status_code == 200
    assert browser(cast.stranger_reporter).get(page).status_code == 404
    taken = browser(cast.office).post(address("evidence_withdraw", Evidence.objects.get().pk))
    assert taken.status_code == 302
    assert Evidence.objects.get().withdrawn_at is None


def test_a_planned_visit_is_dropped_with_a_reason(cast: Cast, visit: SiteVisit) -> None:
    client = browser(cast.office)
    assert client.post(address("visit_drop", visit.pk)).status_code == 409
    client.post(address("visit_drop", visit.pk), {"reason": "示例：已办结"})
    visit.refresh_from_db()
    assert visit.state == "dropped"
    plan_visit(task=visit.task, actor=cast.office, now=NOW, because="示例：重新列入")


STATED = {
    "record": {"planned"},
    "mend": {"recorded"},
    "close": {"recorded", "mended"},
    "drop": {"planned"},
}


def test_every_state_offers_the_office_what_is_stated_and_others_nothing(
    cast: Cast, visit: SiteVisit
) -> None:
    assert set(VISITS.transitions) == set(STATED)
    for state in VisitState.values:
        found = {"visited_on": NOW.date(), "finding": "true", "people": "示例"}
        SiteVisit.objects.filter(pk=visit.pk).update(state=state, **found)
        visit.refresh_from_db()
        for name, actor in vars(cast).items():
            if not isinstance(actor, Actor):
                continue
            offered = {each.name for each in VISITS.available(visit, actor)}
            stated = {act for act, states in STATED.items() if state in states}
            assert offered == (stated if actor.is_office else set()), (state, name)
            for act in set(STATED) - offered:
                with pytest.raises(NotNow if actor.is_office else Refused):
                    VISITS.perform(act, visit, actor=actor, now=NOW)
