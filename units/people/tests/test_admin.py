"""Django's admin where RAW_ADMIN opens it: behind its role, all logged, nothing deleted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from units.models import (
    Role,
    Unit,
    UnitAlias,
    User,
)
from units.people.admin_site import site
from units.people.tests.admin_pages import address, changes
from units.tests.factories import PASSWORD, actions, make_unit, make_user, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.raw_admin_urls")]
TAKING_ARGUMENTS = {None, "view_on_site", "app_list"}
KINDS = ["user", "appointment", "unit", "unitgroup", "unitgroupmember", "post"]


def admin_paths() -> list[str]:
    """Every address of the admin site that takes no argument."""
    named = [entry.name for entry in site.get_urls() if isinstance(entry, URLPattern)]
    plain = [reverse(f"admin:{name}") for name in named if name not in TAKING_ARGUMENTS]
    return [*plain, *(address(kind, page) for kind in KINDS for page in ("changelist", "add"))]


@pytest.mark.urls("huangshi_tasks.urls")
@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/units/user/"])
def test_without_the_setting_its_addresses_are_none(client: Client, admin: User, path: str) -> None:
    assert client.get(path).status_code == 404
    assert signed_in(admin).get(path).status_code == 404


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


@pytest.mark.parametrize(
    "asked",
    [
        "password__regex=^m",
        "password__startswith=m",
        "password=x",
        "last_login__isnull=1",
        "appointments__user__password__startswith=m",
        "is_active__regex=.",
        "username__startswith=x",
    ],
)
def test_a_list_gives_no_column_away_that_its_filters_do_not_ask(admin: User, asked: str) -> None:
    response = signed_in(admin).get(f"{address('user', 'changelist')}?{asked}")
    assert response.status_code in (302, 400)
    assert "xtgly" not in response.content.decode()


def test_the_filters_of_a_list_work(admin: User, rows: dict[str, Any]) -> None:
    client = signed_in(admin)
    for kind, asked in (
        ("user", "is_active__exact=1"),
        ("appointment", "role__exact=reporter"),
        ("unitgroupmember", f"group__id__exact={rows['unitgroup'].pk}"),
    ):
        response = client.get(f"{address(kind, 'changelist')}?{asked}")
        assert response.status_code == 200, asked


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


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "query", ["?o=99", "?p=99999", "?p=x", "?id__in=x", "?nix=1", "?q=😀", "?all=1", "?_to_field=x"]
)
def test_lists_of_the_admin_take_nonsense(
    admin: User, rows: dict[str, Any], kind: str, query: str
) -> None:
    response = signed_in(admin).get(address(kind, "changelist") + query)
    assert response.status_code in {200, 302, 400}
