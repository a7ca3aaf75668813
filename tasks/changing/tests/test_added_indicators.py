"""A number given to an item by decision: its authority, its day; form and lights know it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from progress.checking.look import look_at
from progress.judging.judge import judge
from progress.lights.facts import IndicatorFact
from progress.lights.light import Judgement
from progress.lights.measures import expected_for, part_of_year
from progress.models import Period
from tasks.action_plans.straight_line import straight
from tasks.changing.added_indicators import NewIndicator, add_indicators
from tasks.changing.authority import Decision
from tasks.intake.publication import export
from tasks.models import Indicator, IndicatorTarget, Plan, Task
from tests.cast import Cast, accept_report, at, make_item, period_of, report_of
from tests.office_files import PDF
from tests.pages import browser, text_of
from units.errors import NotNow, Refused
from units.models import Approval, LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]
NOW = at("2022-08-03")
MEETING = Decision("市政府常务会议", date(2022, 7, 29), "示例纪要第8号")
TYPED = {
    "number-name": "改造桥梁",
    "number-unit_of_measure": "座",
    "number-kind": "cumulative",
    "number-comparator": "ge",
    "number-value": "10",
    "number-starts_on": "2022-08-01",
    "number-decided_by": "市政府常务会议",
    "number-decided_on": "2022-07-29",
    "number-authority": "示例纪要第8号",
}


def new(**fields: Any) -> NewIndicator:
    given: dict[str, Any] = {
        "name": "改造桥梁",
        "unit_of_measure": "座",
        "kind": "cumulative",
        "comparator": "ge",
        "value": Decimal(10),
    }
    return NewIndicator(**given | fields)


def add(cast: Cast, task: Task, day: date = date(2022, 8, 1), **fields: Any) -> Indicator:
    (made,) = add_indicators(
        task=task,
        indicators=[new(**fields)],
        starts_on=day,
        decision=MEETING,
        actor=cast.office,
        now=NOW,
    )
    return made


def judged(task: Task, code: str) -> Judgement:
    fresh = Task.objects.select_related("plan").get(pk=task.pk)
    return judge([fresh], period_of(task.plan, code))[task.pk].judgement


def finalized(task: Task, code: str) -> Period:
    Period.objects.filter(plan=task.plan, code=code).update(state="finalized", finalized_at=NOW)
    return period_of(task.plan, code)


def test_it_has_its_authority_its_target_and_its_trail(cast: Cast, task: Task) -> None:
    made = add(cast, task, comparator="between", upper=Decimal(12), definition="示例口径")
    assert (made.ordinal, made.added_on) == (2, date(2022, 8, 1))
    assert made.responsibility == task.responsibilities.get(is_primary=True)
    target = IndicatorTarget.objects.get(indicator=made)
    assert target.approval == made.approval == Approval.objects.get()
    assert (target.value, target.upper, target.starts_on) == (
        Decimal(10),
        Decimal(12),
        date(2022, 8, 1),
    )
    entry = LogEntry.objects.get(action="task.indicator")
    assert "改造桥梁10—12座" in entry.payload
    assert "示例纪要第8号" in entry.payload


def test_the_form_asks_for_it_from_its_first_period_on(cast: Cast, task: Task) -> None:
    made = add(cast, task)
    july, august = (report_of(task, cast.lead, code) for code in ("2022-07", "2022-08"))
    before, after = (look_at(each, None).rows.indicators for each in (july, august))
    assert [row.indicator for row in before] == list(task.indicators.all())[:1]
    row = after[1]
    assert (row.indicator, row.target, row.is_editable) == (made, Decimal(10), True)


def test_it_counts_from_its_day_and_time_begins_with_its_month(cast: Cast, task: Task) -> None:
    before = judged(task, "2022-07")
    add(cast, task)
    assert judged(task, "2022-07") == before
    # 道路: 8 of 12 months; 桥梁: the first of the five that are left
    assert judged(task, "2022-08").expected == Decimal("43.3")


@pytest.mark.parametrize(
    ("day", "before", "part"),
    [
        (date(2022, 6, 30), 7, 0),
        (date(2022, 8, 31), 7, Decimal(1) / 5),
        (date(2022, 12, 31), 7, 1),
        (date(2022, 12, 31), 11, 1),
        (date(2022, 8, 31), 0, Decimal(8) / 12),
    ],
)
def test_the_part_of_the_year(day: date, before: int, part: Decimal) -> None:
    assert part_of_year(day, 2022, before) == part
    fact = IndicatorFact("桥梁", Decimal(10), Decimal(0), months_before=before)
    expected = expected_for([fact], [], day, 2022).percent
    assert abs(expected - Decimal(part) * 100) < Decimal("0.1")


def test_a_plan_in_a_straight_line_begins_with_it_too() -> None:
    days = [date(2022, month, 28) for month in (7, 8, 12)]
    assert list(straight(Decimal(10), days, 7).values()) == [0, 2, 10]


def test_an_item_judged_in_words_is_judged_by_its_number(cast: Cast, plan: Plan) -> None:
    task = make_item(plan, cast, tracking="qualitative", cycle="monthly")
    add(cast, task)
    task.refresh_from_db()
    assert task.tracking == "quantitative"
    accept_report(cast, report_of(task, cast.lead, "2022-08"), at("2022-09-02"), 5)
    assert judged(task, "2022-08").percent == 50


def test_the_notice_is_published_as_it_was(cast: Cast, task: Task) -> None:
    before = export(task.plan)
    add(cast, task)
    assert export(task.plan) == before


@pytest.mark.parametrize(
    ("day", "fields", "words"),
    [
        (date(2022, 1, 1), {}, "不能早于事项的起始日期"),
        (date(2023, 1, 1), {}, "本年度内"),
        (date(2022, 6, 30), {}, "已经定稿"),
        (date(2022, 8, 1), {"name": "改造道路"}, "此项已有指标“改造道路”"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    cast: Cast, task: Task, day: date, fields: dict[str, Any], words: str
) -> None:
    finalized(task, "2022-06")
    with pytest.raises(NotNow, match=words):
        add(cast, task, day, **fields)
    with pytest.raises(NotNow, match="不是此项的牵头单位"):
        add(cast, task, unit=cast.support)
    assert Indicator.objects.count() == 1
    assert not Approval.objects.exists()


def test_only_the_office_adds_one(cast: Cast, task: Task) -> None:
    with pytest.raises(Refused):
        add_indicators(
            task=task,
            indicators=[new()],
            starts_on=date(2022, 8, 1),
            decision=MEETING,
            actor=cast.reporter,
            now=NOW,
        )


def test_the_page_adds_it_with_the_scan_of_the_decision(cast: Cast, task: Task) -> None:
    url = f"/2022/changes/{task.pk}/number/"
    scan = SimpleUploadedFile("纪要.pdf", PDF)
    browser(cast.office).post(url, TYPED | {"number-scan": scan})
    made = Indicator.objects.get(name="改造桥梁")
    assert made.approval is not None
    address = f"/2022/approvals/{made.approval_id}/"
    for reader, status in ((cast.office, 200), (cast.reporter, 200), (cast.stranger_reporter, 404)):
        assert browser(reader).get(address).status_code == status
    assert address in browser(cast.office).get(f"/2022/changes/{task.pk}/").content.decode()
    assert "8月1日起新增" in text_of(browser(cast.reporter).get("/2022/tasks/1/"))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"number-name": ""}, "请填写指标名称"),
        ({"number-value": "十座"}, "请填写数字"),
        ({"number-value": "0"}, "累计指标的目标值须大于0"),
        ({"number-upper": "12"}, "只有区间目标填写上限"),
        ({"number-comparator": "between"}, "目标表述为区间的，请填写上限"),
        ({"number-authority": ""}, "请填写依据"),
        ({"number-decided_on": "2022-08-04"}, "批准日期不能晚于今天"),
        ({"number-scan": SimpleUploadedFile("假.pdf", b"MZ not a pdf")}, "只能上传PDF"),
    ],
)
def test_a_mistake_comes_back_as_typed(
    cast: Cast, task: Task, wrong: dict[str, Any], words: str
) -> None:
    answer = browser(cast.office).post(f"/2022/changes/{task.pk}/number/", TYPED | wrong)
    assert answer.status_code == 409
    assert words in answer.content.decode()
    assert 'value="座"' in answer.content.decode()
    assert Indicator.objects.count() == 1
