"""Coming in, the first password, 当前身份, the log page, and the admin behind its role."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from units.models import Appointment, LogEntry, Role, Unit, User

pytestmark = pytest.mark.django_db
PASSWORD, NEXT = "Ceshi-2022", "Xinmima-2022"
SINCE = date(2022, 1, 21)


def make_user(name: str, role: str, unit: Unit | None = None, *, first: bool = False) -> User:
    user = User.objects.create(username=name, display_name=name, must_change_password=first)
    user.set_password(PASSWORD)
    user.save()
    Appointment.objects.create(user=user, role=role, unit=unit, starts_on=SINCE)
    return user


@pytest.fixture
def unit() -> Unit:
    return Unit.objects.create(name="市住建局", kind="municipal_department")


@pytest.fixture
def liaison(unit: Unit) -> User:
    return make_user("liaison", Role.REPORTER, unit)


@pytest.fixture
def admin() -> User:
    return make_user("xtgly", Role.ADMIN)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def login(client: Client, name: str, password: str, **extra: str) -> object:
    return client.post("/login/", {"username": name, "password": password, **extra})


def actions() -> list[str]:
    return list(LogEntry.objects.values_list("action", flat=True))


def test_a_login_leads_on_and_is_logged(client: Client, liaison: User) -> None:
    response = client.post("/login/", {"username": "liaison", "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/")
    assert actions() == ["login"]


def test_a_login_returns_to_the_page_it_was_asked_for(client: Client, liaison: User) -> None:
    back = "/2022/reports/1/"
    response = client.post("/login/", {"username": "liaison", "password": PASSWORD, "next": back})
    assert response["Location"] == back


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com/", "javascript:1"])
def test_a_login_never_leads_to_another_site(client: Client, liaison: User, elsewhere: str) -> None:
    response = client.post(
        "/login/", {"username": "liaison", "password": PASSWORD, "next": elsewhere}
    )
    assert response["Location"] == "/"


def test_a_failed_login_says_what_to_do_and_is_logged(client: Client, liaison: User) -> None:
    response = client.post("/login/", {"username": "liaison", "password": "falsch"})
    assert "账号或密码错误" in response.content.decode()
    assert actions() == ["login.failed"]


def test_five_wrong_passwords_lock_and_the_admin_unlocks(
    client: Client, liaison: User, admin: User
) -> None:
    for _ in range(5):
        response = client.post("/login/", {"username": "liaison", "password": "falsch"})
    assert response.status_code == 429
    assert "30分钟" in response.content.decode()
    locked = client.post("/login/", {"username": "liaison", "password": PASSWORD})
    assert locked.status_code == 429
    signed_in(admin).post(
        reverse("admin:units_user_changelist"),
        {"action": "unlock", "_selected_action": [liaison.pk]},
    )
    assert client.post("/login/", {"username": "liaison", "password": PASSWORD}).status_code == 302
    assert "user.unlock" in actions()


def test_a_retired_account_does_not_come_in(client: Client, liaison: User) -> None:
    User.objects.filter(pk=liaison.pk).update(is_active=False)
    assert client.post("/login/", {"username": "liaison", "password": PASSWORD}).status_code == 200


def test_someone_without_an_appointment_is_told_so(client: Client, liaison: User) -> None:
    Appointment.objects.filter(user=liaison).update(ends_on=SINCE)
    response = signed_in(liaison).get("/")
    assert response.status_code == 403
    assert "没有任职" in response.content.decode()


def test_the_first_password_has_to_be_changed_before_anything_else(unit: Unit) -> None:
    client = signed_in(make_user("neu", Role.REPORTER, unit, first=True))
    assert client.get("/2022/tasks/")["Location"] == "/password/"
    wrong = client.post(
        "/password/",
        {"old_password": PASSWORD, "new_password1": "kurz", "new_password2": "kurz"},
    )
    assert "密码太短" in wrong.content.decode()
    same = client.post(
        "/password/",
        {"old_password": PASSWORD, "new_password1": PASSWORD, "new_password2": PASSWORD},
    )
    assert "不能与原密码相同" in same.content.decode()
    done = client.post(
        "/password/", {"old_password": PASSWORD, "new_password1": NEXT, "new_password2": NEXT}
    )
    assert done["Location"] == "/"
    assert client.get("/notices/").status_code == 200
    assert "password.change" in actions()


def test_logging_out_takes_a_post(client: Client, liaison: User) -> None:
    client.force_login(liaison)
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == "/login/"
    assert client.get("/notices/").status_code == 302


def test_a_person_acts_as_one_at_a_time_and_switches(liaison: User, unit: Unit) -> None:
    other = Unit.objects.create(name="市城管委", kind="municipal_department")
    second = Appointment.objects.create(
        user=liaison, role=Role.REPORTER, unit=other, starts_on=SINCE
    )
    client = signed_in(liaison)
    assert "市住建局 联络员" in client.get("/notices/").content.decode()
    client.post("/switch/", {"appointment": second.pk})
    page = client.get("/notices/").content.decode()
    assert "当前身份：市城管委 联络员" in page
    assert "切换为市住建局 联络员" in page


def test_nobody_switches_into_anothers_appointment(liaison: User, admin: User) -> None:
    foreign = Appointment.objects.get(user=admin)
    client = signed_in(liaison)
    client.post("/switch/", {"appointment": foreign.pk})
    assert client.get("/audit/").status_code == 403
    assert "系统管理员" not in client.get("/notices/").content.decode()


def test_only_the_auditor_reads_the_log(liaison: User, admin: User) -> None:
    auditor = make_user("sjy", Role.AUDITOR)
    login(Client(), "liaison", "falsch")
    page = signed_in(auditor).get("/audit/?action=login.failed&verify=1").content.decode()
    assert "登录失败：liaison" in page
    assert "日志完整" in page
    assert signed_in(admin).get("/audit/").status_code == 403


ADMIN_PAGES = ["user", "appointment", "unit", "unitgroup", "unitgroupmember", "post"]


@pytest.mark.parametrize("name", ADMIN_PAGES)
def test_the_admin_sees_accounts_and_units(admin: User, liaison: User, name: str) -> None:
    client = signed_in(admin)
    assert client.get(reverse(f"admin:units_{name}_changelist")).status_code == 200
    assert client.get(reverse(f"admin:units_{name}_add")).status_code == 200
    refused = signed_in(liaison).get(reverse(f"admin:units_{name}_changelist"))
    assert refused.status_code == 302


def test_no_business_data_is_in_the_admin(admin: User) -> None:
    page = signed_in(admin).get("/admin/").content.decode()
    assert "事项" not in page
    assert "进展" not in page


def test_an_account_is_made_with_a_first_password(admin: User) -> None:
    signed_in(admin).post(
        reverse("admin:units_user_add"),
        {
            "username": "neu",
            "display_name": "市住建局 联络员",
            "telephone": "",
            "email": "",
            "password1": PASSWORD,
            "password2": PASSWORD,
        },
    )
    user = User.objects.get(username="neu")
    assert user.must_change_password
    assert user.check_password(PASSWORD)
    entry = LogEntry.objects.get(action="user.add")
    assert PASSWORD not in entry.payload


def test_the_admin_gives_themselves_no_role(admin: User, liaison: User) -> None:
    client = signed_in(admin)
    form = {"role": "office", "unit": "", "post": "", "starts_on": "2022-08-01", "ends_on": ""}
    own = client.post(reverse("admin:units_appointment_add"), {**form, "user": admin.pk})
    assert "不能给自己的账号设置任职" in own.content.decode()
    client.post(reverse("admin:units_appointment_add"), {**form, "user": liaison.pk})
    assert Appointment.objects.filter(user=liaison, role="office").exists()
    assert not Appointment.objects.filter(user=admin, role="office").exists()


def test_a_reset_shows_the_new_password_once_and_asks_for_another(
    admin: User, liaison: User
) -> None:
    client = signed_in(admin)
    page = client.post(
        reverse("admin:units_user_changelist"),
        {"action": "reset", "_selected_action": [liaison.pk]},
        follow=True,
    ).content.decode()
    password = page.split("的初始密码：")[1].split("，")[0]
    liaison.refresh_from_db()
    assert liaison.check_password(password)
    assert liaison.must_change_password
    assert password not in LogEntry.objects.get(action="user.reset_password").payload


def test_nothing_is_deleted(admin: User, liaison: User, unit: Unit) -> None:
    client = signed_in(admin)
    for name, pk in (("user", liaison.pk), ("unit", unit.pk)):
        assert client.post(reverse(f"admin:units_{name}_delete", args=[pk])).status_code == 403
    assert Unit.objects.filter(pk=unit.pk).exists()


@pytest.mark.parametrize("name", ADMIN_PAGES)
@pytest.mark.parametrize("posted", [{}, {"username": "\x00"}, {"name": "😀" * 200, "unit": "x"}])
def test_forms_of_the_admin_take_nonsense(admin: User, name: str, posted: dict[str, str]) -> None:
    client = signed_in(admin)
    client.raise_request_exception = False
    response = client.post(reverse(f"admin:units_{name}_add"), posted)
    assert response.status_code in {200, 400}
