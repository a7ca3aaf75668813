"""The board holds what the tables say, through everything that changes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from progress.board import keeping
from progress.board.checking import days_of, differences
from progress.board.keeping import board_of
from progress.board.shown import Frozen, Item, UnitName
from progress.finalizing.finalize import finalize
from progress.lifecycle import by_office
from progress.models import BoardRow, Period, TaskPeriod
from progress.states import Light
from reports.tests.factories import freeze, make_post
from reports.tests.random_year import NOW, make_random_year
from tasks.models import Plan, Responsibility, Task, TaskDeadline, Visibility
from tests.cast import Cast, accept_report, at, make_item, make_responsibility, report_of
from units.models import Unit
from units.stamps import memory

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
ONE_DAY = timedelta(days=1)


def is_true(plan: Plan, today: date = TODAY) -> bool:
    """Whether every board of the plan says what the tables say."""
    fresh = Plan.objects.get(pk=plan.pk)
    return [each for day in days_of(fresh) for each in differences(fresh, today, day)] == []


def writes(ask: Callable[[], Any]) -> list[str]:
    """The statements of `ask` that write."""
    with CaptureQueriesContext(connection) as queries:
        ask()
    verbs = ("INSERT", "UPDATE", "DELETE")
    return [each["sql"] for each in queries if each["sql"].startswith(verbs)]


@pytest.fixture
def year(plan: Plan, cast: Cast) -> Plan:
    """The random year with a 定稿 of May for some of its items, and one that asks for help."""
    dice = Random(3)
    for task in make_random_year(plan, cast, 3):
        if dice.random() < 0.7:
            freeze(task, dice.choice(list(Light)), code="2022-05", percent=dice.choice([None, 20]))
    task = make_item(plan, cast, 41)
    report = report_of(task, cast.lead, "2022-06")
    said = {"coordination": "请协调用地指标。"}
    version = accept_report(cast, report, at("2022-07-04"), 150, **said).accepted_version
    freeze(task, Light.ON_PACE, percent=60, version=version, frozen_at=at("2022-07-13"))
    Period.objects.filter(data_as_of__lte=date(2022, 6, 30)).update(state="finalized")
    return Plan.objects.get(pk=plan.pk)


def test_a_reader_writes_nothing_while_the_board_holds(year: Plan, cast: Cast) -> None:
    assert writes(lambda: board_of(year, cast.leader, TODAY))
    with CaptureQueriesContext(connection) as queries:
        board = board_of(year, cast.leader, TODAY)
    assert len(queries) == 2
    assert not [each for each in queries if not each["sql"].startswith("SELECT")]
    assert len(board.shown) == year.tasks.count()


def test_the_names_are_those_of_the_tables(year: Plan, cast: Cast) -> None:
    latest = {row.task_id: row for row in TaskPeriod.objects.latest_of(year).with_before()}
    for shown in board_of(year, cast.office, TODAY).shown:
        task = Task.objects.get(pk=shown.item.pk)
        plain = (*Item.__struct_fields__, "code", "words", "is_project", "is_added", "__str__")
        for name in set(plain) - {"plan", "area", "theme"}:
            one, other = getattr(shown.item, name), getattr(task, name)
            assert (one() == other()) if callable(other) else (one == other), name
        assert shown.item.get_absolute_url() == task.get_absolute_url()
        frozen = latest.get(task.pk)
        assert (shown.frozen is None) == (frozen is None)
        for name in (
            set(Frozen.__struct_fields__) - {"period", "before", "source"} if frozen else ()
        ):
            assert getattr(shown.frozen, name) == getattr(frozen, name), name


def test_a_unit_on_the_board_is_the_unit_and_another_name_is_not(cast: Cast) -> None:
    kept = UnitName.of(cast.lead)
    assert kept == cast.lead
    assert cast.lead == kept
    assert not kept != cast.lead  # noqa: SIM202  # both are asked, by templates too
    assert kept != cast.support
    assert kept != structs.replace(kept, name="市住房局")


@pytest.mark.parametrize("who", ["office", "leader", "reporter", "supporter", "county_reporter"])
def test_nobody_is_shown_more_than_they_may_see(year: Plan, cast: Cast, who: str) -> None:
    hidden = year.tasks.get(number=1, kind="key_task")
    board_of(year, cast.office, TODAY)
    Task.objects.filter(pk=hidden.pk).update(visibility=Visibility.RESTRICTED)
    actor = getattr(cast, who)
    shown = [each.item.pk for each in board_of(year, actor, TODAY).shown]
    seen = year.tasks.visible_to(actor).order_by("kind", "number")
    assert shown == list(seen.values_list("pk", flat=True))
    assert is_true(year)


def accept(plan: Plan, cast: Cast) -> None:
    task = plan.tasks.get(number=41)
    accept_report(cast, report_of(task, cast.lead, "2022-07"), at("2022-08-03"), 160)


def correct(plan: Plan, cast: Cast) -> None:
    """A correction of June is accepted after its 定稿."""
    task = plan.tasks.get(number=41)
    report = report_of(task, cast.lead, "2022-06")
    opened = by_office.correct(report=report, actor=cast.reporter, now=NOW, reason="示例：更正。")
    accept_report(cast, opened, at("2022-08-03"), 170)


def close_the_month(plan: Plan, cast: Cast) -> None:
    july = Period.objects.get(plan=plan, code="2022-07")
    finalize(period=july, actor=cast.office_head, now=at("2022-08-13"))


def rename(plan: Plan, cast: Cast) -> None:
    Unit.objects.filter(pk=cast.lead.pk).update(name="市住房局", pinyin="szfj")


def hand_over(plan: Plan, cast: Cast) -> None:
    """From the next day on another unit answers."""
    held = Responsibility.objects.get(task__number=41, is_primary=True)
    Responsibility.objects.filter(pk=held.pk).update(ends_on=TODAY)
    make_responsibility(
        held.task, cast.stranger, held.role, is_primary=True, starts_on=TODAY + ONE_DAY
    )


def put_in_charge(plan: Plan, cast: Cast) -> None:
    make_post("示例副市长丙", cast.lead)


def postpone(plan: Plan, cast: Cast) -> None:
    task = plan.tasks.get(number=41)
    TaskDeadline.objects.create(task=task, due_on=date(2022, 11, 30), starts_on=TODAY + ONE_DAY)


def retarget(plan: Plan, cast: Cast) -> None:
    indicator = plan.tasks.get(number=41).indicators.get()
    indicator.targets.update(value=Decimal(90))


def judge_otherwise(plan: Plan, cast: Cast) -> None:
    TaskPeriod.objects.filter(task__number=41).update(light=Light.LATE, digest="另行认定。")


def add(plan: Plan, cast: Cast) -> None:
    make_item(plan, cast, 77)


ACTS = [accept, correct, close_the_month, rename, hand_over, put_in_charge, postpone]
ACTS += [retarget, judge_otherwise, add]


@pytest.mark.parametrize("act", ACTS, ids=[each.__name__ for each in ACTS])
def test_the_board_is_true_after(year: Plan, cast: Cast, act: Callable[[Plan, Cast], None]) -> None:
    assert is_true(year)
    act(year, cast)
    for today in (TODAY, TODAY + ONE_DAY, date(2022, 8, 13)):
        assert is_true(year, today)


def test_a_change_by_date_is_shown_on_its_day_and_not_before(year: Plan, cast: Cast) -> None:
    def primary(today: date) -> str:
        shown = board_of(year, cast.office, today).shown
        row = next(each for each in shown if each.item.number == 41)
        return next(held.unit.name for held in row.holders if held.is_primary)

    hand_over(year, cast)
    assert primary(TODAY) == cast.lead.name
    stamp = set(BoardRow.objects.values_list("stamp", flat=True))
    assert primary(TODAY + ONE_DAY) == cast.stranger.name
    assert set(BoardRow.objects.values_list("stamp", flat=True)) == stamp  # nothing was written
    assert primary(TODAY) == cast.lead.name


def test_what_is_not_finalized_makes_nothing_stale(year: Plan, cast: Cast) -> None:
    report = report_of(year.tasks.get(number=41), cast.lead, "2022-07")
    board_of(year, cast.office, TODAY)
    accept_report(cast, report, at("2022-08-03"), 160)
    assert writes(lambda: board_of(year, cast.office, TODAY)) == []


def test_only_what_reads_otherwise_is_written_again(year: Plan, cast: Cast) -> None:
    board_of(year, cast.office, TODAY)
    before = dict(BoardRow.objects.values_list("task__number", "pk"))
    judge_otherwise(year, cast)
    board_of(year, cast.office, TODAY)
    after = dict(BoardRow.objects.values_list("task__number", "pk"))
    assert {number for number, pk in after.items() if before[number] != pk} == {41}


def test_finalizing_writes_the_board(
    year: Plan, cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        close_the_month(year, cast)
    fresh = Plan.objects.get(pk=year.pk)
    assert writes(lambda: board_of(fresh, cast.leader, date(2022, 8, 13))) == []
    assert is_true(year, date(2022, 8, 13))


def test_a_board_that_cannot_be_written_is_still_shown(
    year: Plan, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "is_read_only", lambda: True)
    board = board_of(year, cast.leader, TODAY)
    assert len(board.shown) == year.tasks.count()
    assert len(board.tables([board.shown[0].item.pk])) == 1
    assert not BoardRow.objects.exists()


def test_the_command_finds_a_value_that_is_not_true(
    year: Plan, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("rebuild_boards")
    call_command("rebuild_boards", "--check")
    row = BoardRow.objects.filter(until=None, task__number=41).get()
    BoardRow.objects.filter(pk=row.pk).update(doc=row.doc.replace("on_pace", "late"))
    capsys.readouterr()
    with pytest.raises(CommandError, match="不一致"):
        call_command("rebuild_boards", "--check")
    assert "shown.frozen.light\t'late'\t'on_pace'" in capsys.readouterr().out


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10_000), acts=st.lists(st.sampled_from(ACTS), max_size=4, unique=True))
def test_the_board_is_true_on_random_years(cast: Cast, plan: Plan, seed: int, acts: Any) -> None:
    with transaction.atomic():
        make_random_year(plan, cast, seed)
        year = Plan.objects.get(pk=plan.pk)
        task = make_item(year, cast, 41)
        report = report_of(task, cast.lead, "2022-06")
        version = accept_report(cast, report, at("2022-07-04"), 150).accepted_version
        freeze(task, Light.ON_PACE, percent=60, version=version)
        Period.objects.filter(data_as_of__lte=date(2022, 6, 30)).update(state="finalized")
        for act in acts:
            act(year, cast)
            assert is_true(year, date(2022, 8, 13) if act is close_the_month else TODAY)
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_what_a_process_remembers_goes_with_the_stamp(cast: Cast, plan: Plan) -> None:
    def titles() -> list[str]:
        return [each.item.short_title for each in board_of(plan, cast.office, TODAY).shown]

    memory.forget()
    task = make_item(plan, cast, 5)
    assert titles() == [task.short_title]
    with CaptureQueriesContext(connection) as queries:
        assert titles() == [task.short_title]
    assert not [each for each in queries if "progress_boardrow" in each["sql"]]
    with transaction.atomic():
        Task.objects.update(short_title="示例甲")
        assert titles() == ["示例甲"]
        transaction.set_rollback(True)
    Task.objects.update(short_title="示例乙")  # the stamp is that of what was taken back
    assert titles() == ["示例乙"]
    Task.objects.update(visibility=Visibility.RESTRICTED)
    assert board_of(plan, cast.leader, TODAY).shown == []
    memory.forget()
