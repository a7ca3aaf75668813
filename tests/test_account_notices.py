"""The person is told of whatever is done to the own account, and no city leader by a machine."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from huangshi_tasks.lib import clock
from progress.models import Reminder
from units.factors.tests.authenticator import Phone
from units.models import LogEntry, Role, User
from units.staff.tests.pages import appoint, do
from units.tests.factories import NEXT, PASSWORD, make_unit, make_user, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def liaison(db: None) -> User:
    return make_user("lianluo", Role.REPORTER, make_unit())


@pytest.fixture
def admin(db: None) -> User:
    return make_user("xtgly", Role.ADMIN)


@pytest.fixture
def auditor(db: None) -> User:
    return make_user("sjy", Role.AUDITOR)


def told(user: User) -> str:
    return "".join(Reminder.objects.filter(recipient=user).values_list("text", flat=True))


def test_of_a_reset_password(liaison: User, admin: User) -> None:
    do(signed_in(admin), liaison, "reset")
    assert "密码已由xtgly重置" in told(liaison)
    assert told(admin) == ""


def test_of_a_changed_password(liaison: User) -> None:
    changed = {"old_password": PASSWORD, "new_password1": NEXT, "new_password2": NEXT}
    signed_in(liaison).post("/password/", changed)
    assert "密码已修改" in told(liaison)


def test_a_leader_is_sent_nothing(db: None) -> None:
    leader = make_user("sld", Role.LEADER)
    changed = {"old_password": PASSWORD, "new_password1": NEXT, "new_password2": NEXT}
    signed_in(leader).post("/password/", changed)
    assert told(leader) == ""


def test_an_appointment_in_the_log_names_its_person(liaison: User, admin: User) -> None:
    appoint(signed_in(admin), liaison)
    summary = LogEntry.objects.get(action="appointment.add").summary
    assert summary == "新增任职：lianluo，督查室"


def test_of_a_reset_second_factor_the_auditors_too(
    liaison: User, admin: User, auditor: User
) -> None:
    Phone(liaison, clock.now())
    do(signed_in(admin), liaison, "reset_factor")
    assert "登录保护已由xtgly重置" in told(liaison)
    assert "lianluo（lianluo）的登录保护已由xtgly重置" in told(auditor)


def test_of_one_that_the_server_reset(admin: User, auditor: User) -> None:
    Phone(admin, clock.now())
    call_command("reset_factor", "xtgly")
    assert "已由服务器管理人员重置" in told(admin)
    assert "xtgly" in told(auditor)
