"""Who is in the sample, when it loads and when it refuses. What it promises: `tests/`."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from demo.people import PASSWORD, WITHOUT_SIGNER, accounts, create_people
from demo.targets import sample_data
from progress.models import (
    HeadlineReading,
    ProgressReport,
    Reading,
    Reminder,
    ReportVersion,
    TaskPeriod,
)
from tasks.intake.plan import load_reference_units
from tasks.models import Plan, Portfolio
from tests.cast import at, make_plan
from units import log
from units.models import Appointment, Role, Unit, UnitKind, User

pytestmark = pytest.mark.django_db


def run(command: str) -> str:
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


def test_accounts_are_named_by_unit_and_role_and_typed_in_plain_letters() -> None:
    load_reference_units()
    listed = accounts()
    names = [account.username for account in listed]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)?", name) for name in names)
    assert listed[0].is_head
    for account in listed:
        assert account.display_name.startswith(account.unit)
    reporters = {account.unit for account in listed if account.role == Role.REPORTER}
    signers = {account.unit for account in listed if account.role == Role.SIGNER}
    assert reporters == set(Unit.objects.values_list("name", flat=True))
    assert reporters - signers == set(WITHOUT_SIGNER)
    assert len(WITHOUT_SIGNER) == 5


def test_the_sample_has_a_password_of_its_own_that_nobody_has_to_change() -> None:
    load_reference_units()
    people = create_people()
    for actor in people.values():
        assert actor.user.check_password(PASSWORD)
        assert not actor.user.must_change_password
        assert actor.user.telephone == ""


def test_one_person_has_two_capacities_and_both_leaders_have_a_portfolio() -> None:
    load_reference_units()
    create_people()
    held = list(Appointment.objects.values_list("user_id", flat=True))
    assert len(held) - len(set(held)) == 1
    leaders = Appointment.objects.filter(role=Role.LEADER)
    assert leaders.count() == 2
    for leader in leaders:
        assert Portfolio.objects.filter(post=leader.post).exists()
    departments = Unit.objects.filter(kind=UnitKind.MUNICIPAL_DEPARTMENT)
    for unit in departments:
        assert unit.portfolios.count() == 1


def test_every_published_figure_has_a_source_and_every_headline_a_day() -> None:
    data = sample_data()
    published = [
        entry["published"]
        for numbers in data["figures"].values()
        for entry in numbers.values()
        if "published" in entry
    ]
    assert len(published) == 6
    assert {entry["source"] for entry in published} == {"荆楚网 2022-07-20"}
    assert {entry["published_on"] for entry in data["headline"]} == {"2022-08-02"}


def test_it_refuses_where_there_is_no_plan() -> None:
    with pytest.raises(CommandError, match="load_plan"):
        run("load_sample")


def _an_account(plan: Plan) -> None:
    User.objects.create(username="zhang", display_name="张")


def _an_entry_of_the_log(plan: Plan) -> None:
    log.record(action="user.login", summary="登录", now=at("2022-08-03"))


def _another_plan(plan: Plan) -> None:
    Plan.objects.create(
        series="其他", year=2023, slug="2023", title="其他", issued_on=plan.issued_on
    )


@pytest.mark.parametrize("add", [_an_account, _an_entry_of_the_log, _another_plan])
def test_it_refuses_and_writes_nothing_where_anything_real_exists(
    add: Callable[[Plan], None],
) -> None:
    plan = make_plan()
    add(plan)
    users = User.objects.count()
    with pytest.raises(CommandError, match="示例数据"):
        run("load_sample")
    plan.refresh_from_db()
    assert not plan.is_sample
    assert User.objects.count() == users
    assert not ProgressReport.objects.exists()


def test_it_refuses_a_plan_that_is_not_in_force() -> None:
    make_plan(state="draft")
    with pytest.raises(CommandError, match="空库"):
        run("load_sample")


def test_where_the_sample_is_there_it_says_so_and_does_nothing() -> None:
    plan = make_plan()
    Plan.objects.filter(pk=plan.pk).update(is_sample=True)
    _an_account(plan)
    assert "已经载入" in run("load_sample")
    assert User.objects.count() == 1


def test_accounts_are_printed_only_of_a_sample() -> None:
    load_reference_units()
    plan = make_plan()
    assert run("sample_accounts") == ""
    Plan.objects.filter(pk=plan.pk).update(is_sample=True)
    lines = [line.split("\t") for line in run("sample_accounts").splitlines()]
    assert len(lines) == len(accounts())
    assert all(len(line) == 4 for line in lines)
    assert lines[0] == ["dcs-fzr", PASSWORD, "office", "-"]
    assert ["szjj-lly", PASSWORD, "reporter", "市住建局"] in lines


# What two loads have in common, whatever numbers the database gives its rows.
CONTENTS: list[tuple[Any, tuple[str, ...]]] = [
    (User, ("username", "display_name", "date_joined")),
    (ProgressReport, ("period__code", "responsibility__unit__name", "state", "first_left_at")),
    (
        ReportVersion,
        ("number", "progress", "next_steps", "digest", "decided_at", "decided_by_name"),
    ),
    (Reading, ("indicator__name", "unit__name", "value", "started", "source")),
    (TaskPeriod, ("task__kind", "task__number", "period__code", "light", "percent", "reason")),
    (Reminder, ("rung", "recipient__username", "text", "state", "sent_at")),
    (HeadlineReading, ("label", "value", "source")),
]


def _loaded() -> list[list[str]]:
    with transaction.atomic():
        run("load_sample")
        found = [
            sorted(map(repr, model.objects.values_list(*fields))) for model, fields in CONTENTS
        ]
        transaction.set_rollback(True)
    return found


@pytest.mark.slow
def test_two_loads_give_the_same_year() -> None:
    run("load_plan")
    first = _loaded()
    assert all(first)
    assert first == _loaded()


@pytest.mark.postgres
def test_the_sample_does_not_come_into_a_postgresql_that_does_not_allow_it(settings: Any) -> None:
    settings.ALLOW_SAMPLE = False
    with pytest.raises(CommandError, match="ALLOW_SAMPLE"):
        call_command("load_sample")
    assert not User.objects.exists()
