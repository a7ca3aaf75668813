"""One asks, another confirms; both are in the log, the person and the auditor are told."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from huangshi_tasks.lib import clock
from progress.models import Reminder
from units.errors import NotNow, Refused
from units.models import Appointment, LogEntry, PowerRequest, PowerState, Role, Unit, User
from units.powers import acts, deciding, rules
from units.powers.tests.asking import NOW, actor, ask_appointment, ask_change
from units.tests.factories import PASSWORD, actions, make_unit, make_user, signed_in

pytestmark = pytest.mark.django_db
POWERS = [Role.OFFICE, Role.ADMIN, Role.AUDITOR, Role.LEADER, Role.OBSERVER]


def told(user: User) -> str:
    return " ".join(Reminder.objects.filter(recipient=user).values_list("text", flat=True))


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "2022-08-03")


@pytest.fixture
def admin(db: None) -> User:
    return make_user("xtgly", Role.ADMIN)


@pytest.fixture
def auditor(db: None) -> User:
    return make_user("sjy", Role.AUDITOR)


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit()


@pytest.fixture
def newcomer(db: None) -> User:
    return User.objects.create(username="xinren", display_name="新人", password="x")


@pytest.mark.parametrize("role", POWERS)
def test_an_appointment_to_power_waits_for_another(
    admin: User, auditor: User, newcomer: User, role: Role
) -> None:
    asked = ask_appointment(admin, newcomer, role)
    assert asked is not None
    assert not Appointment.objects.filter(user=newcomer).exists()
    assert "新人" in told(auditor)
    assert "xtgly" in told(auditor)
    deciding.confirm(asked=asked, actor=actor(auditor), now=NOW)
    made = Appointment.objects.get(user=newcomer)
    assert (made.role, made.starts_on) == (role, date(2022, 8, 1))
    entry = LogEntry.objects.get(action="powerrequest.confirm")
    assert "xtgly" in entry.summary
    assert "sjy" in entry.summary
    assert (
        "xtgly（系统管理员）提出，sjy（审计员）确认"
        in LogEntry.objects.get(action="appointment.add").payload
    )


@pytest.mark.parametrize("role", [Role.REPORTER, Role.SIGNER])
def test_who_works_for_one_unit_is_appointed_at_once_unless_the_setting_says_all(
    admin: User, auditor: User, newcomer: User, unit: Unit, role: Role, settings: Any
) -> None:
    assert ask_appointment(admin, newcomer, role, unit=unit.pk) is None
    Appointment.objects.filter(user=newcomer).update(ends_on=date(2022, 8, 1))
    settings.TWO_PEOPLE = "all"
    assert ask_appointment(admin, newcomer, role, unit=unit.pk) is not None


def test_nobody_confirms_the_own_request_nor_what_is_about_them(
    admin: User, auditor: User, newcomer: User
) -> None:
    asked = ask_appointment(admin, newcomer, Role.OFFICE)
    assert asked is not None
    with pytest.raises(Refused, match="提出人"):
        deciding.confirm(asked=asked, actor=actor(admin), now=NOW)
    own = acts.reset_password(user=auditor, actor=actor(admin), now=NOW).waits
    assert own is not None
    with pytest.raises(Refused, match="涉及您本人"):
        deciding.confirm(asked=own, actor=actor(auditor), now=NOW)
    other = make_user("xtgly2", Role.ADMIN)
    deciding.confirm(asked=own, actor=actor(other), now=NOW)


def test_the_office_confirms_nothing(admin: User, auditor: User, newcomer: User) -> None:
    asked = ask_appointment(admin, newcomer, Role.OFFICE)
    assert asked is not None
    office = make_user("dcs", Role.OFFICE)
    with pytest.raises(Refused):
        deciding.confirm(asked=asked, actor=actor(office), now=NOW)


def test_a_reset_waits_and_its_password_is_for_the_confirmer(admin: User, auditor: User) -> None:
    office = make_user("dcs", Role.OFFICE)
    reset = acts.reset_password(user=office, actor=actor(admin), now=NOW)
    assert reset.password == ""
    assert reset.waits is not None
    office.refresh_from_db()
    assert office.check_password(PASSWORD), "nothing happened yet"
    assert "重置密码" in told(office)
    assert "重置密码" in told(auditor)
    client = signed_in(auditor)
    page = client.post(f"/powers/{reset.waits.pk}/confirm/")
    assert "no-store" in page["Cache-Control"]
    password = page.content.decode().split("<code>")[1].split("</code>")[0]
    office.refresh_from_db()
    assert office.check_password(password)
    assert office.must_change_password
    again = client.post(f"/powers/{reset.waits.pk}/confirm/", follow=True).content.decode()
    assert "已经办理" in again, "once"


def test_switching_off_and_other_changes_of_such_an_account_wait(
    admin: User, auditor: User
) -> None:
    office, name = make_user("dcs", Role.OFFICE), "zhangsan"
    off = ask_change(admin, auditor, is_active=False)
    renamed = ask_change(admin, office, username=name, email="a@example.com")
    assert off is not None
    assert renamed is not None
    auditor.refresh_from_db()
    assert auditor.is_active
    client = signed_in(office)
    deciding.confirm(asked=renamed, actor=actor(auditor), now=NOW)
    office.refresh_from_db()
    assert (office.username, office.email) == (name, "a@example.com")
    gone = ask_change(admin, office, is_active=False)
    assert gone is not None
    deciding.confirm(asked=gone, actor=actor(auditor), now=NOW)
    assert client.get("/notices/")["Location"].startswith("/login/")


def test_a_reset_of_the_second_factor_waits(admin: User, auditor: User) -> None:
    office = make_user("dcs", Role.OFFICE)
    asked = acts.reset_factor(user=office, actor=actor(admin), now=NOW)
    assert asked is not None
    assert "factor.reset" not in actions()
    deciding.confirm(asked=asked, actor=actor(auditor), now=NOW)
    assert "factor.reset" in actions()


def test_an_appointment_to_power_is_ended_by_two(admin: User, auditor: User) -> None:
    held = Appointment.objects.get(user=auditor)
    client = signed_in(admin)
    path, sent = f"/people/{auditor.pk}/", {"act": "end", "held": held.pk}
    page = client.post(path, sent | {"ends_on": "2022-07-31"}, follow=True).content.decode()
    assert "确认后生效" in page
    held.refresh_from_db()
    assert held.ends_on is None
    asked = PowerRequest.objects.get()
    assert "终止日期改为2022-07-31" in asked.summary
    deciding.confirm(asked=asked, actor=actor(make_user("xtgly2", Role.ADMIN)), now=NOW)
    held.refresh_from_db()
    assert held.ends_on == date(2022, 7, 31)


def test_before_the_first_auditor_one_person_acts_and_it_is_marked(
    admin: User, newcomer: User
) -> None:
    assert ask_appointment(admin, newcomer, Role.OFFICE) is None
    assert Appointment.objects.filter(user=newcomer, role=Role.OFFICE).exists()
    assert acts.reset_password(user=newcomer, actor=actor(admin), now=NOW).password
    for action in ("appointment.add", "user.reset_password"):
        assert "单人" in LogEntry.objects.get(action=action).payload
    assert "单人" in told(newcomer)
    assert set(PowerRequest.objects.values_list("state", flat=True)) == {PowerState.ALONE}
    third = make_user("shen", Role.REPORTER, Unit.objects.create(name="市住建局"))
    Appointment.objects.filter(user=third).update(ends_on=date(2022, 7, 1))
    assert ask_appointment(admin, third, Role.AUDITOR) is None, "the first auditor"
    assert rules.has_auditor()
    assert acts.reset_password(user=newcomer, actor=actor(admin), now=NOW).waits is not None


def test_who_was_let_into_power_has_a_password_that_the_asker_never_saw(
    admin: User, auditor: User, newcomer: User
) -> None:
    newcomer.set_password(PASSWORD)
    newcomer.save()
    asked = ask_appointment(admin, newcomer, Role.OFFICE)
    assert asked is not None
    password = deciding.confirm(asked=asked, actor=actor(auditor), now=NOW)
    newcomer.refresh_from_db()
    assert not newcomer.check_password(PASSWORD)
    assert newcomer.check_password(password)


def test_the_same_again_is_one_request(admin: User, auditor: User, newcomer: User) -> None:
    first = ask_appointment(admin, newcomer, Role.OFFICE)
    assert ask_appointment(admin, newcomer, Role.OFFICE) == first
    assert PowerRequest.objects.count() == 1


def at(monkeypatch: pytest.MonkeyPatch, day: str) -> datetime:
    now = datetime.fromisoformat(f"{day}T09:00:00+08:00")
    monkeypatch.setattr(clock, "now", lambda: now)
    return now


def test_the_server_confirms_after_three_working_days_and_all_are_told(
    admin: User, auditor: User, newcomer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask_appointment(admin, newcomer, Role.OFFICE)
    assert asked is not None
    at(monkeypatch, "2022-08-08")  # the third working day after Wednesday the 3rd
    with pytest.raises(CommandError, match="2022-08-09"):
        call_command("confirm", asked.pk, by="王工")
    at(monkeypatch, "2022-08-09")
    with pytest.raises(CommandError, match="由谁确认"):
        call_command("confirm", asked.pk)
    listed, said = StringIO(), StringIO()
    call_command("confirm", stdout=listed)
    assert f"{asked.pk}  任命督查室：新人" in listed.getvalue()
    call_command("confirm", asked.pk, by="王工", stdout=said)
    assert "初始密码" in said.getvalue()
    entry = LogEntry.objects.get(action="powerrequest.confirm")
    assert "xtgly（系统管理员）提出，服务器管理人员王工确认" in entry.summary
    for each in (admin, auditor, newcomer):
        assert "王工在服务器上确认" in told(each)


def test_a_request_lapses_after_five_working_days(
    admin: User, auditor: User, newcomer: User
) -> None:
    asked = ask_appointment(admin, newcomer, Role.OFFICE)
    assert asked is not None
    assert asked.last_on == date(2022, 8, 10)
    late = NOW + timedelta(days=8)
    with pytest.raises(NotNow):
        deciding.confirm(asked=asked, actor=actor(auditor), now=late)
    with pytest.raises(NotNow):
        deciding.confirm_on_server(asked=asked, name="王工", now=late)
    assert deciding.lapse_all(now=NOW + timedelta(days=7)) == 0, "the last day counts"
    assert (deciding.lapse_all(now=late), deciding.lapse_all(now=late)) == (1, 0)
    assert "已作废" in told(auditor)
    assert "已作废" in told(admin)
    again = ask_appointment(admin, newcomer, Role.OFFICE)
    assert again is not None
    assert again != asked


def test_what_no_longer_fits_is_not_carried_out(
    admin: User, auditor: User, newcomer: User, unit: Unit
) -> None:
    asked = ask_appointment(admin, newcomer, Role.AUDITOR)
    assert asked is not None
    ask_appointment(admin, newcomer, Role.REPORTER, unit=unit.pk)
    with pytest.raises(NotNow, match="不得兼任"):
        deciding.confirm(asked=asked, actor=actor(auditor), now=NOW)
    asked.refresh_from_db()
    assert asked.state == PowerState.WAITING


def test_a_refusal_has_a_reason_and_changes_nothing(
    admin: User, auditor: User, newcomer: User
) -> None:
    asked = ask_appointment(admin, newcomer, Role.OFFICE)
    assert asked is not None
    client, path = signed_in(auditor), f"/powers/{asked.pk}/refuse/"
    empty = client.post(path, {"reason": " "})
    assert (empty.status_code, "请填写不同意的理由" in empty.content.decode()) == (409, True)
    assert signed_in(admin).post(path, {"reason": "否"}).status_code == 403
    client.post(path, {"reason": "人员未到岗"})
    asked.refresh_from_db()
    assert asked.state == PowerState.REFUSED
    assert "人员未到岗" in told(admin)
    assert not Appointment.objects.filter(user=newcomer).exists()


def test_the_page_shows_each_what_they_may_do(admin: User, auditor: User, newcomer: User) -> None:
    asked = ask_appointment(admin, newcomer, Role.OFFICE)
    assert asked is not None
    own = signed_in(admin).get("/powers/").content.decode()
    assert "您是提出人，不能确认。" in own
    assert f"/powers/{asked.pk}/confirm/" not in own
    assert f"/powers/{asked.pk}/confirm/" in signed_in(auditor).get("/powers/").content.decode()
    signed_in(admin).post(f"/powers/{asked.pk}/withdraw/")
    asked.refresh_from_db()
    assert asked.state == PowerState.WITHDRAWN
    assert signed_in(auditor).post(f"/powers/{asked.pk}/withdraw/").status_code == 403
