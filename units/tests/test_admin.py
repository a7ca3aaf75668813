"""The admin behind its role: accounts, appointments, units; all logged, nothing deleted."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from units.admin_site import site
from units.models import (
    Appointment,
    GroupMode,
    LogEntry,
    Post,
    Role,
    Unit,
    UnitAlias,
    UnitGroup,
    UnitGroupMember,
    User,
)
from units.tests.factories import PASSWORD, SINCE, actions, make_unit, make_user, signed_in

pytestmark = pytest.mark.django_db
TAKING_ARGUMENTS = {None, "view_on_site", "app_list"}
KINDS = ["user", "appointment", "unit", "unitgroup", "unitgroupmember", "post"]


def address(kind: str, page: str, *args: Any) -> str:
    return reverse(f"admin:units_{kind}_{page}", args=args)


@pytest.fixture
def rows(liaison: User, unit: Unit) -> dict[str, Any]:
    """One row of each kind."""
    group = UnitGroup.objects.create(name="各平台公司", mode=GroupMode.ALL)
    member = UnitGroupMember.objects.create(group=group, unit=unit, starts_on=SINCE)
    return {
        "user": liaison,
        "appointment": Appointment.objects.get(user=liaison),
        "unit": unit,
        "unitgroup": group,
        "unitgroupmember": member,
        "post": Post.objects.create(title="分管副市长（示例）", kind="city_leader"),
    }


def changes(action: str) -> Any:
    return json.loads(LogEntry.objects.get(action=action).payload)["changes"]


def appoint(client: Client, user: User, **fields: Any) -> str:
    """The page after asking for a new appointment."""
    posted = {"user": user.pk, "role": "office", "starts_on": "2022-08-01", **fields}
    return client.post(address("appointment", "add"), posted, follow=True).content.decode()


# --- The door


def admin_paths() -> list[str]:
    """Every address of the admin site that takes no argument."""
    named = [entry.name for entry in site.get_urls() if isinstance(entry, URLPattern)]
    plain = [reverse(f"admin:{name}") for name in named if name not in TAKING_ARGUMENTS]
    return [*plain, *(address(kind, page) for kind in KINDS for page in ("changelist", "add"))]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_nobody_else_comes_in_and_is_told_why(unit: Unit, role: Role) -> None:
    client = signed_in(make_user("moumou", role, unit))
    for path in (*admin_paths(), address("user", "change", 1), "/admin/nix/"):
        if path == reverse("admin:login"):
            continue
        response = client.get(path)
        assert response.status_code == 403, path
        assert "账号和单位由系统管理员维护。" in response.content.decode()


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/units/user/"])
def test_nobody_known_is_led_to_the_one_login(client: Client, path: str) -> None:
    assert client.get(path)["Location"].startswith("/login/")
    client.post("/admin/login/", {"username": "xtgly", "password": PASSWORD})
    assert actions() == []


def test_the_admins_of_the_admin_use_our_pages_to_come_and_go(admin: User) -> None:
    client = signed_in(admin)
    assert client.get("/admin/password_change/")["Location"] == "/password/"
    out = client.post("/admin/logout/", follow=True)
    assert out.redirect_chain[-1][0] == "/login/"
    assert actions() == ["logout"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_admin_reads_and_changes_every_kind(
    admin: User, rows: dict[str, Any], kind: str
) -> None:
    client = signed_in(admin)
    for path in (
        address(kind, "changelist"),
        address(kind, "add"),
        address(kind, "change", rows[kind].pk),
        f"{address(kind, 'changelist')}?q=x",
    ):
        assert client.get(path).status_code == 200, path


def test_no_business_data_is_in_the_admin(admin: User) -> None:
    page = signed_in(admin).get("/admin/").content.decode()
    assert {kind for kind in KINDS if address(kind, "changelist") in page} == set(KINDS)
    assert {model._meta.app_label for model in site._registry} == {"units"}


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_deleted_and_history_is_the_auditors(
    admin: User, rows: dict[str, Any], kind: str
) -> None:
    client, pk = signed_in(admin), rows[kind].pk
    assert client.post(address(kind, "delete", pk), {"post": "yes"}).status_code == 403
    assert client.get(address(kind, "history", pk)).status_code == 404
    posted = {"action": "delete_selected", "_selected_action": [pk], "post": "yes"}
    client.post(address(kind, "changelist"), posted)
    assert type(rows[kind]).objects.filter(pk=pk).exists()


# --- Accounts


def test_an_account_is_made_with_a_first_password(admin: User) -> None:
    posted = {"username": "xinren", "display_name": "市住建局 联络员"}
    both = {"password1": PASSWORD, "password2": PASSWORD}
    signed_in(admin).post(address("user", "add"), {**posted, **both})
    user = User.objects.get(username="xinren")
    assert user.must_change_password
    assert user.check_password(PASSWORD)
    assert not user.is_staff
    assert not user.is_superuser
    assert changes("user.add") == {
        "username": [None, "xinren"],
        "display_name": [None, "市住建局 联络员"],
    }


def test_a_first_password_keeps_the_rules(admin: User) -> None:
    posted = {"username": "xinren", "display_name": "甲", "password1": "kurz", "password2": "kurz"}
    page = signed_in(admin).post(address("user", "add"), posted).content.decode()
    assert "密码太短" in page
    assert not User.objects.filter(username="xinren").exists()


def edit_account(client: Client, user: User, **fields: Any) -> str:
    posted = {"username": user.username, "display_name": user.display_name, **fields}
    page = client.post(address("user", "change", user.pk), posted, follow=True)
    return page.content.decode()


def test_a_retired_account_is_logged_from_and_to(admin: User, liaison: User) -> None:
    client = signed_in(liaison)
    edit_account(signed_in(admin), liaison, telephone="6521")
    liaison.refresh_from_db()
    assert not liaison.is_active
    assert changes("user.change") == {"telephone": ["", "6521"], "is_active": [True, False]}
    assert client.get("/notices/")["Location"].startswith("/login/"), "the open session ends"


def test_nobody_retires_the_own_account(admin: User) -> None:
    assert "不能停用自己的账号" in edit_account(signed_in(admin), admin)
    admin.refresh_from_db()
    assert admin.is_active


def test_a_reset_shows_the_new_password_once_and_asks_for_another(
    admin: User, liaison: User
) -> None:
    client = signed_in(admin)
    posted = {"action": "reset", "_selected_action": [liaison.pk]}
    response = client.post(address("user", "changelist"), posted)
    password = response.content.decode().split("<code>")[1].split("</code>")[0]
    assert "no-store" in response["Cache-Control"]
    assert "messages" not in response.cookies
    liaison.refresh_from_db()
    assert liaison.check_password(password)
    assert liaison.must_change_password
    assert password not in LogEntry.objects.get(action="user.reset_password").payload
    assert password not in client.get(address("user", "changelist")).content.decode()


# --- Appointments: 三权分立


def test_an_appointment_is_made_and_logged(admin: User, liaison: User) -> None:
    appoint(signed_in(admin), liaison)
    made = Appointment.objects.get(user=liaison, role=Role.OFFICE)
    assert made.starts_on == date(2022, 8, 1)
    assert changes("appointment.add")["role"] == [None, "office"]


@pytest.mark.parametrize("role", Role.values)
def test_the_admin_gives_themselves_no_role(admin: User, unit: Unit, role: str) -> None:
    page = appoint(signed_in(admin), admin, role=role, unit=unit.pk)
    assert "不能给自己的账号设置任职" in page
    assert Appointment.objects.filter(user=admin).count() == 1


def test_the_admin_does_not_change_the_own_appointment(admin: User) -> None:
    own = Appointment.objects.get(user=admin)
    path = address("appointment", "change", own.pk)
    page = signed_in(admin).post(path, {"ends_on": "2099-12-31", "is_head": "on"})
    assert "不能给自己的账号设置任职" in page.content.decode()
    own.refresh_from_db()
    assert own.ends_on is None
    assert not own.is_head


@pytest.mark.parametrize("role", ["admin", "auditor"])
def test_who_keeps_accounts_or_reads_the_log_has_no_other_role(
    admin: User, liaison: User, auditor: User, role: str
) -> None:
    client = signed_in(admin)
    assert "不得兼任其他角色" in appoint(client, liaison, role=role)
    assert "不得兼任其他角色" in appoint(client, auditor, role="office")
    Appointment.objects.filter(user=liaison).update(ends_on=date(2022, 7, 31))
    appoint(client, liaison, role=role)
    assert Appointment.objects.filter(user=liaison, role=role).exists()


def test_an_appointment_is_ended_and_then_stands(admin: User, liaison: User) -> None:
    held = Appointment.objects.get(user=liaison)
    client, path = signed_in(admin), address("appointment", "change", held.pk)
    early = client.post(path, {"ends_on": "2021-12-31"})
    assert "终止日期不能早于起始日期。" in early.content.decode()
    client.post(path, {"ends_on": "2022-07-31", "role": "office"})
    held.refresh_from_db()
    assert (held.ends_on, held.role) == (date(2022, 7, 31), "reporter")
    assert changes("appointment.change") == {"ends_on": [None, "2022-07-31"]}
    client.post(path, {"ends_on": ""})
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
    wrong = appoint(client, other, role="signer", unit=unit.pk, stands_in_for=held.pk)
    assert "代行的任职须与被代行的任职角色相同" in wrong
    appoint(client, other, role="reporter", unit=unit.pk, stands_in_for=held.pk)
    assert Appointment.objects.get(user=other, unit=unit).stands_in_for == held


# --- Units and their names


def aliases(*names: str, existing: UnitAlias | None = None) -> dict[str, Any]:
    rows: dict[str, Any] = {
        "aliases-TOTAL_FORMS": len(names),
        "aliases-INITIAL_FORMS": int(existing is not None),
    }
    for number, name in enumerate(names):
        rows[f"aliases-{number}-name"] = name
        rows[f"aliases-{number}-id"] = existing.pk if existing and number == 0 else ""
    return rows


def unit_form(unit: Unit, **fields: Any) -> dict[str, Any]:
    return {"name": unit.name, "kind": unit.kind, "ordinal": 0, **fields}


def test_a_unit_is_retired_and_named_otherwise_with_every_step_logged(
    admin: User, unit: Unit
) -> None:
    old = UnitAlias.objects.create(unit=unit, name="市房产局")
    posted = unit_form(unit, retired_on="2022-08-31") | aliases("市房管局", "市建委", existing=old)
    signed_in(admin).post(address("unit", "change", unit.pk), posted)
    unit.refresh_from_db()
    assert unit.retired_on == date(2022, 8, 31)
    assert set(unit.aliases.values_list("name", flat=True)) == {"市房管局", "市建委"}
    assert changes("unit.change") == {"retired_on": [None, "2022-08-31"]}
    assert changes("unitalias.change") == {"name": ["市房产局", "市房管局"]}
    assert changes("unitalias.add") == {"name": [None, "市建委"]}


def test_one_name_never_leads_to_two_units(admin: User, rows: dict[str, Any]) -> None:
    client, other = signed_in(admin), make_unit("市城管委")
    for taken in ("市住建局", "各平台公司"):
        posted = unit_form(other) | aliases(taken)
        page = client.post(address("unit", "change", other.pk), posted).content.decode()
        assert "已是其他单位或集合称谓的名称" in page
    assert not UnitAlias.objects.exists()


def test_a_membership_ends_after_it_began(admin: User, rows: dict[str, Any]) -> None:
    path = address("unitgroupmember", "change", rows["unitgroupmember"].pk)
    page = signed_in(admin).post(path, {"ends_on": "2021-01-01"}).content.decode()
    assert "终止日期不能早于起始日期。" in page


# --- Nonsense

NONSENSE: list[dict[str, Any]] = [
    {},
    {"username": "\x00"},
    {"name": "😀" * 200, "unit": "x", "kind": ["a", "b"], "ordinal": "9" * 40},
    {"user": "9" * 40, "role": "king", "starts_on": "昨天", "ends_on": "0000-00-00"},
    {"aliases-TOTAL_FORMS": "x", "aliases-INITIAL_FORMS": "-1", "aliases-0-id": "9" * 40},
    {"aliases-TOTAL_FORMS": "1", "aliases-INITIAL_FORMS": "1", "aliases-0-id": "999"},
    {"_selected_action": ["甲"], "action": "reset"},
    {"_selected_action": ["9" * 40], "action": "unlock"},
    {"_selected_action": ["1"], "action": "explode", "select_across": "x", "index": "x"},
    {"username": "a" * 3_000_000},
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("posted", NONSENSE, ids=range(len(NONSENSE)))
def test_forms_of_the_admin_take_nonsense(
    admin: User, rows: dict[str, Any], kind: str, posted: dict[str, Any]
) -> None:
    client = signed_in(admin)
    for path in (
        address(kind, "add"),
        address(kind, "changelist"),
        address(kind, "change", rows[kind].pk),
        address(kind, "change", "甲"),
        address(kind, "change", "9" * 40),
    ):
        assert client.post(path, posted).status_code in {200, 302, 400, 403, 404}, path


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "query", ["?o=99", "?p=99999", "?p=x", "?id__in=x", "?nix=1", "?q=😀", "?all=1", "?_to_field=x"]
)
def test_lists_of_the_admin_take_nonsense(
    admin: User, rows: dict[str, Any], kind: str, query: str
) -> None:
    response = signed_in(admin).get(address(kind, "changelist") + query)
    assert response.status_code in {200, 302, 400}
