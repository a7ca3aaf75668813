"""人员: accounts, first passwords and appointments, by the pages of the administrator."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from units.models import Appointment, LogEntry, Post, PowerRequest, Role, Unit, User
from units.staff.tests.pages import PEOPLE, appoint, changes, do, of
from units.tests.factories import actions, make_unit, make_user, signed_in

pytestmark = pytest.mark.django_db
NEW = {
    "display_name": "市住建局 联络员二",
    "role": "reporter",
    "starts_on": "2022-08-03",
    "telephone": "13800138000",
}


def password_in(page: str) -> str:
    return page.split("<code>")[1].split("</code>")[0]


def listed(client: Client, **query: str) -> str:
    return client.get(PEOPLE, query).content.decode().split("<aside")[0]


def test_a_new_person_is_an_account_with_an_appointment_and_a_first_password(
    admin: User, unit: Unit
) -> None:
    answer = signed_in(admin).post(PEOPLE, NEW | {"unit": "市住建局"})
    user = User.objects.get(display_name="市住建局 联络员二")
    held = Appointment.objects.get(user=user)
    assert (held.role, held.unit, held.starts_on) == ("reporter", unit, date(2022, 8, 3))
    assert user.username == "szjjllye"
    assert user.must_change_password
    assert user.check_password(password_in(answer.content.decode()))
    assert "no-store" in answer["Cache-Control"]
    assert not user.is_staff
    assert actions() == ["user.add", "appointment.add"]
    assert changes("user.add")["telephone"] == ["", "138****8000"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"display_name": ""}, "请填写姓名。"),
        ({"role": ""}, "请选择角色。"),
        ({"role": "king"}, "请选择角色。"),
        ({"unit": ""}, "联络员和单位负责人必须填写单位。"),
        ({"unit": "市无此局"}, "没有找到单位“市无此局”"),
        ({"telephone": "123"}, "请填写11位手机号"),
        ({"starts_on": "昨天"}, "起始日期"),
        ({"starts_on": "2022-08-03", "ends_on": "2022-08-01"}, "终止日期不能早于起始日期。"),
        ({"username": "XTGLY"}, "已有账号“XTGLY”"),
        ({"username": "有 空"}, "用户名"),
        ({"display_name": "lianluo"}, "市住建局已有lianluo任联络员"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    admin: User, liaison: User, unit: Unit, changed: dict[str, str], sentence: str
) -> None:
    answer = signed_in(admin).post(PEOPLE, NEW | {"unit": "市住建局"} | changed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert sentence in page
    typed = (NEW | changed)["telephone"]
    assert f'value="{typed}"' in page
    assert User.objects.count() == 2


def test_what_gives_power_waits_for_a_second_person(admin: User, auditor: User, unit: Unit) -> None:
    client = signed_in(admin)
    office = {"display_name": "督查员丙", "role": "office", "starts_on": "2022-08-03"}
    page = client.post(PEOPLE, office, follow=True).content.decode()
    assert "确认后生效" in page
    assert "<code>" not in page, "whoever confirms hands out the password"
    made = User.objects.get(display_name="督查员丙")
    assert not Appointment.objects.filter(user=made).exists()
    for act in ("reset", "reset_factor", "stop"):
        told = client.post(of(auditor), {"act": act}, follow=True).content.decode()
        assert "确认后生效" in told, act
    auditor.refresh_from_db()
    assert auditor.is_active
    assert PowerRequest.objects.count() == 4


def test_the_details_are_changed_and_logged_from_and_to(admin: User, liaison: User) -> None:
    fields = {"username": "lianluo", "display_name": "lianluo", "telephone": "6521"}
    assert do(signed_in(admin), liaison, "edit", **fields).status_code == 302
    assert changes("user.change") == {"telephone": ["", "6521"]}
    taken = do(signed_in(admin), liaison, "edit", **fields | {"username": "ＸＴgly"})
    assert taken.status_code == 409
    assert "只有大小写、全半角或空格之差" in taken.content.decode()


def test_a_stopped_account_is_logged_from_and_to_and_comes_back(admin: User, liaison: User) -> None:
    client, boss = signed_in(liaison), signed_in(admin)
    do(boss, liaison, "stop")
    liaison.refresh_from_db()
    assert not liaison.is_active
    assert changes("user.change") == {"is_active": [True, False]}
    assert client.get("/notices/")["Location"].startswith("/login/"), "the open session ends"
    assert "已停用，请先启用" in appoint(boss, liaison)
    do(boss, liaison, "start")
    liaison.refresh_from_db()
    assert liaison.is_active


def test_nobody_stops_the_own_account(admin: User) -> None:
    answer = do(signed_in(admin), admin, "stop")
    assert answer.status_code == 409
    assert "不能停用自己的账号" in answer.content.decode()
    admin.refresh_from_db()
    assert admin.is_active


def test_a_reset_shows_the_new_password_once_and_asks_for_another(
    admin: User, liaison: User
) -> None:
    client = signed_in(admin)
    response = do(client, liaison, "reset")
    password = password_in(response.content.decode())
    assert "no-store" in response["Cache-Control"]
    assert "messages" not in response.cookies
    liaison.refresh_from_db()
    assert liaison.check_password(password)
    assert liaison.must_change_password
    assert password not in LogEntry.objects.get(action="user.reset_password").payload
    assert password not in client.get(of(liaison)).content.decode()


def test_an_appointment_is_made_and_logged(admin: User, liaison: User) -> None:
    appoint(signed_in(admin), liaison)
    made = Appointment.objects.get(user=liaison, role=Role.OFFICE)
    assert made.starts_on == date(2022, 8, 1)
    assert changes("appointment.add")["role"] == [None, "office"]


def test_a_leader_is_appointed_to_a_post(admin: User) -> None:
    post = Post.objects.create(title="分管副市长（示例）", kind="city_leader")
    leader = User.objects.create(username="fsz", display_name="副市长")
    appoint(signed_in(admin), leader, role="leader", post=post.pk)
    assert Appointment.objects.get(user=leader).label == "分管副市长（示例）"


@pytest.mark.parametrize("role", Role.values)
def test_the_admin_gives_themselves_no_role(admin: User, unit: Unit, role: str) -> None:
    page = appoint(signed_in(admin), admin, role=role, unit=unit.pk)
    assert "不能给自己的账号设置任职" in page
    assert Appointment.objects.filter(user=admin).count() == 1


def test_the_admin_does_not_end_the_own_appointment(admin: User) -> None:
    own = Appointment.objects.get(user=admin)
    answer = do(signed_in(admin), admin, "end", held=own.pk, ends_on="2099-12-31")
    assert "不能给自己的账号设置任职" in answer.content.decode()
    own.refresh_from_db()
    assert own.ends_on is None


@pytest.mark.parametrize("role", ["admin", "auditor"])
def test_who_keeps_accounts_or_reads_the_log_has_no_other_role(
    admin: User, liaison: User, auditor: User, role: str
) -> None:
    client = signed_in(admin)
    assert "不得兼任其他角色" in appoint(client, liaison, role=role)
    assert "不得兼任其他角色" in appoint(client, auditor, role="office")
    Appointment.objects.filter(user=liaison).update(ends_on=date(2022, 7, 31))
    assert "确认后生效" in appoint(client, liaison, role=role)
    assert PowerRequest.objects.filter(user=liaison, values__role=role).exists()


def test_an_appointment_is_ended_and_then_stands(admin: User, liaison: User) -> None:
    held, client = Appointment.objects.get(user=liaison), signed_in(admin)
    early = do(client, liaison, "end", held=held.pk, ends_on="2021-12-31")
    assert "终止日期不能早于起始日期。" in early.content.decode()
    do(client, liaison, "end", held=held.pk, ends_on="2022-07-31", role="office")
    held.refresh_from_db()
    assert (held.ends_on, held.role) == (date(2022, 7, 31), "reporter")
    assert changes("appointment.change") == {"ends_on": [None, "2022-07-31"]}
    again = do(client, liaison, "end", held=held.pk, ends_on="2023-07-31")
    assert "该任职已经终止，不能再改。" in again.content.decode()
    held.refresh_from_db()
    assert held.ends_on == date(2022, 7, 31)


def test_a_liaison_needs_a_unit_and_is_appointed_once(
    admin: User, liaison: User, unit: Unit
) -> None:
    client = signed_in(admin)
    assert "必须填写单位" in appoint(client, liaison, role="signer")
    assert "已有相同的任职" in appoint(client, liaison, role="reporter", unit=unit.pk)


def test_a_stand_in_has_the_role_and_unit_it_stands_in_for(
    admin: User, liaison: User, unit: Unit
) -> None:
    client, held = signed_in(admin), Appointment.objects.get(user=liaison)
    other = make_user("daili", Role.REPORTER, make_unit("市城管委"))
    term = {"held": held.pk, "starts_on": "2022-08-03", "ends_on": "2022-08-31"}
    assert (
        "请选择代行人" in do(client, liaison, "stand_in", **term, user=liaison.pk).content.decode()
    )
    do(client, liaison, "stand_in", **term, user=other.pk)
    made = Appointment.objects.get(user=other, unit=unit)
    assert (made.stands_in_for, made.role, made.ends_on) == (held, "reporter", date(2022, 8, 31))
    assert "代lianluo" in client.get(of(other)).content.decode()


def test_an_act_on_the_appointment_of_another_leads_nowhere(
    admin: User, liaison: User, auditor: User
) -> None:
    held = Appointment.objects.get(user=auditor)
    answer = do(signed_in(admin), liaison, "end", held=held.pk, ends_on="2022-08-31")
    assert answer.status_code == 404


def test_who_needs_a_look_is_a_list(admin: User, liaison: User, unit: Unit) -> None:
    now = timezone.now()
    User.objects.filter(pk=admin.pk).update(last_login=now)
    long_ago = make_user("jiuwei", Role.SIGNER, unit)
    User.objects.filter(pk=long_ago.pk).update(last_login=now - timedelta(days=91))
    run_out = make_user("guoqi", Role.SIGNER, unit, must_change_password=True)
    then = now - timedelta(hours=73)
    User.objects.filter(pk=run_out.pk).update(password_set_at=then, last_login=now)
    without = make_user("wuzhi", Role.SIGNER, unit)
    User.objects.filter(pk=without.pk).update(last_login=now)
    Appointment.objects.filter(user=without).update(ends_on=date(2022, 7, 31))
    page = listed(signed_in(admin), state="unused")
    assert "未用和过期 <b>4</b>" in page
    for name, why in (
        ("lianluo", "从未使用"),
        ("jiuwei", "90天未用"),
        ("guoqi", "初始密码过期"),
        ("wuzhi", "任职已终止"),
    ):
        assert why in page.split(f">{name}</td>")[2].split("</tr>")[0]
    assert "xtgly" not in page


def test_people_are_found_by_name_account_unit_and_the_last_digits(
    admin: User, liaison: User, auditor: User, unit: Unit
) -> None:
    User.objects.filter(pk=liaison.pk).update(telephone="138 0013 8765")
    client = signed_in(admin)
    for words in ("LIANLUO", "市住建", "8765", "lianl"):
        page = listed(client, q=words)
        assert of(liaison) in page, words
        assert of(auditor) not in page, words
    assert of(auditor) in listed(client, role="auditor")
    assert of(liaison) not in listed(client, role="auditor")
    assert "13800138765" not in listed(client).replace(" ", "")


def test_a_unit_without_a_liaison_says_so(admin: User, liaison: User, unit: Unit) -> None:
    empty, client = make_unit("市城管委"), signed_in(admin)
    page = listed(client, state="no-liaison")
    assert "无联络员 <b>1</b>" in page
    assert empty.name in page.split("<tbody")[1]
    assert unit.name not in page.split("<tbody")[1]
    assert "没有在用的联络员" in page
    do(client, liaison, "stop")
    assert "无联络员 <b>2</b>" in listed(client)


def test_whom_no_message_reaches_is_a_list(admin: User, liaison: User, unit: Unit) -> None:
    User.objects.filter(pk=liaison.pk).update(telephone="0714-6350000")
    reached = make_user("tongda", Role.SIGNER, unit)
    User.objects.filter(pk=reached.pk).update(telephone="13800138000")
    page = listed(signed_in(admin), state="no-mobile")
    assert of(liaison) in page
    assert of(reached) not in page


NONSENSE: list[dict[str, Any]] = [
    {},
    {"act": "explode"},
    {"act": "end", "held": "9" * 40, "ends_on": "0000-00-00"},
    {"act": "appoint", "role": "king", "unit": "9" * 40, "post": "x", "starts_on": "😀" * 99},
    {"act": "edit", "username": "\x00", "display_name": "甲" * 9000, "email": "x"},
    {"act": "stand_in", "held": "甲", "user": "9" * 40},
]


@pytest.mark.parametrize("posted", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_is_answered_with_a_page(
    admin: User, liaison: User, posted: dict[str, Any]
) -> None:
    client = signed_in(admin)
    assert client.post(of(liaison), posted).status_code in {400, 404, 409}
    assert client.post(PEOPLE, posted).status_code in {400, 409}


@pytest.mark.parametrize("query", ["state=x", "unit=" + "9" * 40, "at=x", "role=king", "q=😀%27"])
def test_a_strange_question_is_answered(admin: User, liaison: User, query: str) -> None:
    assert signed_in(admin).get(f"{PEOPLE}?{query}").status_code == 200
