"""What a registered adjustment moves, what stays as it was, and how it is taken back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from progress.adjustments.acts import (
    decline_adjustment,
    end_suspension,
    register_adjustment,
    request_adjustment,
    revoke_adjustment,
)
from progress.judging.loading import deadline_on
from progress.models import Adjustment, ProgressReport, Reminder
from progress.periods.opening import open_due_periods
from progress.periods.owed import Reliefs, duties_of, owed
from tasks.models import Responsibility, Task, TaskDeadline
from tests.cast import Cast, at, fill, period_of, report_of
from tests.decisions import approved
from units.actors import Actor
from units.errors import NotNow, Refused

pytestmark = pytest.mark.django_db

NOW = at("2022-08-03")
AUGUST = date(2022, 8, 1)


def ask(
    task: Task, actor: Actor, kind: str, detail: dict[str, Any], day: date = AUGUST
) -> Adjustment:
    return request_adjustment(
        task=task,
        kind=kind,
        reason="示例：机构改革。",
        starts_on=day,
        detail=detail,
        actor=actor,
        now=NOW,
    )


def register(cast: Cast, asked: Adjustment, **given: Any) -> Adjustment:
    return register_adjustment(
        adjustment=asked, approval=approved(cast), actor=cast.office, now=NOW, **given
    )


def held(task: Task, day: date) -> dict[str, tuple[str, bool]]:
    rows = Responsibility.objects.on(day).filter(task=task)
    return {row.unit.name: (row.role, row.is_primary) for row in rows}


def moved(cast: Cast, task: Task, **detail: Any) -> Adjustment:
    wanted = {"leaving": None, "unit": None, "role": "", "becomes_primary": False, **detail}
    return register(cast, ask(task, cast.office, "responsibility", wanted))


def test_a_successor_takes_over_lead_numbers_and_what_is_owed_from_its_day(
    cast: Cast, task: Task
) -> None:
    july = report_of(task, cast.lead)
    fill(july, cast.reporter, NOW, 180)
    done = moved(
        cast,
        task,
        leaving=cast.lead.pk,
        unit=cast.co_lead.pk,
        role="lead",
        becomes_primary=True,
    )
    assert held(task, date(2022, 7, 31))["市住建局"] == ("lead", True)
    assert held(task, AUGUST) == {"市城管委": ("lead", True), "市财政局": ("support", False)}
    assert done.before["held"][0] == ["市住建局", "lead", True]
    heir = Responsibility.objects.get(task=task, unit=cast.co_lead)
    assert task.indicators.get().reporter_on(AUGUST) == heir
    assert task.indicators.get().reporter_on(date(2022, 7, 31)) == july.responsibility
    # July ended before the change: its report stays with who answered for it then
    assert [report.unit for report in owed(july.period)] == [cast.lead]
    august = duties_of(task.plan, "monthly", period_of(task.plan, "2022-08").data_as_of)
    assert [duty.responsibility for duty in august] == [heir]
    open_due_periods(task.plan, date(2022, 8, 25))
    assert report_of(task, cast.co_lead, "2022-08").is_main
    told = set(
        Reminder.objects.filter(subject=f"adjustment:{done.pk}").values_list("unit", flat=True)
    )
    assert cast.co_lead.pk in told


def test_the_lead_moves_within_the_item_and_the_former_one_goes_on_as_co_lead(
    cast: Cast, task: Task
) -> None:
    moved(cast, task, unit=cast.support.pk, role="lead", becomes_primary=True)
    now = held(task, AUGUST)
    assert now == {"市财政局": ("lead", True), "市住建局": ("lead", False)}
    own = Responsibility.objects.get(task=task, unit=cast.lead, ends_on=None)
    assert task.indicators.get().reporter_on(AUGUST) == own


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ({"leaving": "lead"}, "接替的汇总牵头"),
        ({"leaving": "stranger", "unit": "co_lead", "role": "lead"}, "没有现行责任"),
        ({"unit": "support", "role": "support"}, "没有变化"),
        ({"unit": "co_lead", "role": "support", "becomes_primary": True}, "须为牵头或责任"),
        ({"unit": "lead", "role": "lead"}, "接替的汇总牵头"),
    ],
)
def test_what_would_leave_an_item_without_a_lead_is_refused(
    cast: Cast, task: Task, detail: dict[str, Any], words: str
) -> None:
    known = {name: getattr(cast, str(value)).pk for name, value in detail.items() if name in UNITS}
    with pytest.raises(NotNow, match=words):
        moved(cast, task, **{**detail, **known})
    assert held(task, AUGUST) == {"市住建局": ("lead", True), "市财政局": ("support", False)}


UNITS = ("leaving", "unit")


def test_an_objection_is_answered_with_or_without_a_change(cast: Cast, task: Task) -> None:
    asked = ask(task, cast.supporter, "responsibility", {"objection": "role"})
    assert asked.unit == cast.support
    told = Reminder.objects.filter(subject=f"adjustment:{asked.pk}", rung="asked")
    assert {each.recipient_id for each in told} == {cast.office.user.pk, cast.office_head.user.pk}
    done = register(cast, asked, detail={"leaving": cast.support.pk}, answer="采纳。")
    assert "市财政局" not in held(task, AUGUST)
    assert (done.answer, done.answered_by_name) == ("采纳。", cast.office.name)
    again = ask(task, cast.reporter, "responsibility", {"objection": "wording"})
    declined = decline_adjustment(
        adjustment=again, reason="按原表述执行。", actor=cast.office, now=NOW
    )
    assert declined.answer == "按原表述执行。"


def test_an_extension_is_asked_for_in_time_and_the_past_keeps_its_deadline(
    cast: Cast, task: Task
) -> None:
    TaskDeadline.objects.create(task=task, due_on=date(2022, 7, 31), starts_on=date(2022, 2, 1))
    with pytest.raises(NotNow, match="届满前申请"):
        ask(task, cast.reporter, "extension", {"due_on": "2022-12-31"})
    done = register(cast, ask(task, cast.office, "extension", {"due_on": "2022-12-15"}))
    assert done.before == {"due_on": "2022-07-31"}
    assert deadline_on(task, date(2022, 7, 31)) == date(2022, 7, 31)
    assert deadline_on(task, AUGUST) == date(2022, 12, 15)


@pytest.mark.parametrize(
    ("kind", "detail", "starts_on", "said"),
    [
        ("extension", {"due_on": "2022-12-31"}, AUGUST, "晚于现行时限2022年12月31日"),
        ("extension", {"due_on": "2023-06-30"}, date(2021, 1, 1), "不能早于通知成文日期"),
        ("target", {"value": "0"}, AUGUST, "目标值须大于0"),
    ],
)
def test_what_makes_no_sense_is_neither_asked_nor_registered(
    kind: str,
    detail: dict[str, object],
    starts_on: date,
    said: str,
    cast: Cast,
    task: Task,
) -> None:
    wrong = {"indicator": task.indicators.get().pk, **detail} if kind == "target" else detail
    with pytest.raises(NotNow, match=said):
        ask(task, cast.reporter, kind, wrong, starts_on)
    fine = {"due_on": "2023-01-31"} if kind == "extension" else wrong | {"value": "310"}
    asked = ask(task, cast.reporter, kind, fine)
    with pytest.raises(NotNow, match=said):
        register(cast, asked, starts_on=starts_on, detail=wrong)
    asked.refresh_from_db()
    assert asked.state == "requested"


def test_what_is_revoked_holds_no_more_from_today_on(cast: Cast, task: Task) -> None:
    first = register(cast, ask(task, cast.reporter, "extension", {"due_on": "2023-06-30"}))
    revoke_adjustment(adjustment=first, reason="登记错误。", actor=cast.office, now=NOW)
    assert deadline_on(task, date(2022, 8, 2)) == date(2023, 6, 30)
    assert deadline_on(task, date(2022, 8, 3)) == date(2022, 12, 31)
    target = task.indicators.get()
    raised = ask(task, cast.reporter, "target", {"indicator": target.pk, "value": "320"})
    second = register(cast, raised)
    lowered = {"indicator": target.pk, "value": "310"}
    register(cast, ask(task, cast.reporter, "target", lowered, date(2022, 8, 2)))
    with pytest.raises(NotNow, match="又有新的调整"):
        revoke_adjustment(adjustment=second, reason="登记错误。", actor=cast.office, now=NOW)


def test_a_suspended_item_is_worked_on_again_from_the_day_after(cast: Cast, task: Task) -> None:
    done = register(cast, ask(task, cast.reporter, "suspension", {}))
    assert task.pk in Reliefs.of(task.plan).on(date(2022, 9, 30))
    end_suspension(
        adjustment=done,
        last_day=date(2022, 8, 31),
        reason="示例：恢复。",
        actor=cast.office,
        now=NOW,
    )
    assert task.pk in Reliefs.of(task.plan).on(date(2022, 8, 31))
    assert task.pk not in Reliefs.of(task.plan).on(date(2022, 9, 30))


def test_requests_for_deadline_and_target_are_the_primarys(
    cast: Cast, report: ProgressReport
) -> None:
    for actor in (cast.supporter, cast.stranger_reporter, cast.leader):
        with pytest.raises(Refused):
            ask(report.task, actor, "extension", {"due_on": "2023-06-30"})
