"""Production's first day: an empty database, a notice, an administrator, a year switched on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from huangshi_tasks.lib import clock
from progress.jobs import open_periods
from progress.models import Period, ProgressReport
from tasks.intake.plan import load_reference_units
from tasks.models import Plan, PlanState
from tests.cast import make_actor
from units.models import Appointment, LogEntry, Role, Unit, User

pytestmark = pytest.mark.django_db
NOTICE = Path(__file__).resolve().parent.parent / "fixtures" / "notice_2022.txt"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    clock.configure(date(2022, 8, 3))
    yield
    clock.configure(None)


def browser(role: Role, unit: Unit | None = None) -> Client:
    client = Client()
    client.force_login(make_actor(role, unit).user)
    return client


def test_a_loaded_plan_opens_its_periods_by_itself() -> None:
    call_command("load_plan", verbosity=0)
    assert not Period.objects.exists()
    open_periods()
    assert Period.objects.count() == 11 + 4 + 2
    assert ProgressReport.objects.filter(period__code="2022-07").count() > 41


def test_pages_work_on_the_first_visit_to_a_loaded_plan() -> None:
    call_command("load_plan", verbosity=0)
    office = browser(Role.OFFICE)
    for address in ("overview/", "tasks/", "tasks/17/", "projects/", "projects/3/", "periods/"):
        assert office.get(f"/2022/{address}").status_code == 200, address
    liaison = browser(Role.REPORTER, Unit.objects.get(name="市住建局"))
    assert "7月进展待填报" in liaison.get("/2022/desk/").content.decode()
    assert "暂无数据" in office.get("/2022/overview/").content.decode()


def test_an_imported_draft_is_switched_on_by_the_office() -> None:
    load_reference_units()
    call_command("import_notice", str(NOTICE), verbosity=0)
    plan = Plan.objects.get()
    assert plan.state == PlanState.DRAFT
    liaison = browser(Role.REPORTER, Unit.objects.get(name="市住建局"))
    assert liaison.get("/2022/desk/").status_code == 404
    office = browser(Role.OFFICE)
    assert "为草稿，各单位还看不到" in office.get("/2022/periods/").content.decode()
    office.post("/2022/periods/activate/")
    plan.refresh_from_db()
    assert plan.state == PlanState.ACTIVE
    assert LogEntry.objects.filter(action="plan.activate").count() == 1
    assert liaison.get("/2022/desk/").status_code == 200


def test_without_a_plan_everyone_is_told_so_and_the_office_brings_one_in() -> None:
    leader = browser(Role.LEADER)
    assert "还没有执行中的年度责任分解" in leader.get("/").content.decode()
    assert browser(Role.OFFICE).get("/")["Location"] == "/plans/new/"


def test_the_first_administrator_is_appointed_by_command_and_only_the_first() -> None:
    with pytest.raises(CommandError, match="没有账号"):
        call_command("appoint_admin", "xtgly")
    User.objects.create(username="xtgly", display_name="系统管理员")
    call_command("appoint_admin", "xtgly")
    assert Appointment.objects.get(role=Role.ADMIN).user.username == "xtgly"
    User.objects.create(username="zweiter", display_name="另一名")
    with pytest.raises(CommandError, match="已有系统管理员"):
        call_command("appoint_admin", "zweiter")
