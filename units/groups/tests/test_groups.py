"""集合称谓, by the pages of the administrator."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from units.log.actions import ACTIONS
from units.models import LogEntry, UnitGroup, UnitGroupMember, User
from units.tests.factories import make_unit, signed_in

pytestmark = pytest.mark.django_db
GROUPS = "/unit-groups/"


def do(client: Client, group: UnitGroup, act: str, **fields: Any) -> HttpResponse:
    return client.post(f"{GROUPS}{group.pk}/", {"act": act, **fields})  # type: ignore[return-value]


def test_a_group_is_added_once_under_its_name(admin: User, rows: dict[str, Any]) -> None:
    client = signed_in(admin)
    new = {"name": "各县市区", "mode": "all", "member_kind": "county_government", "ordinal": "2"}
    assert client.post(GROUPS, new).status_code == 302
    assert UnitGroup.objects.get(name="各县市区").member_kind == "county_government"
    for taken in ("各平台 公司", "市住建局"):
        again = client.post(GROUPS, new | {"name": taken})
        assert again.status_code == 409
        assert "已是其他单位或集合称谓的名称或别名" in again.content.decode()


def test_a_renamed_group_keeps_its_old_name(admin: User, rows: dict[str, Any]) -> None:
    group, client = rows["unitgroup"], signed_in(admin)
    fields = {"name": "各市属国企", "mode": "all", "ordinal": 0}
    assert do(client, group, "put", **fields).status_code == 302
    assert [each.name for each in group.aliases.all()] == ["各平台公司"]
    assert LogEntry.objects.get(action="unitgroupalias.add").action in ACTIONS
    assert do(client, group, "put", **fields | {"name": "各平台公司"}).status_code == 302
    assert {each.name for each in group.aliases.all()} == {"各市属国企"}


def test_other_names_come_and_go(admin: User, rows: dict[str, Any]) -> None:
    group, client = rows["unitgroup"], signed_in(admin)
    do(client, group, "alias", name="各国有平台")
    assert do(client, group, "alias", name="市住建局").status_code == 409
    assert [each.name for each in group.aliases.all()] == ["各国有平台"]
    do(client, group, "drop_alias", name="各国有平台")
    assert not group.aliases.exists()


def test_a_member_joins_and_leaves_by_days(admin: User, rows: dict[str, Any]) -> None:
    group, client, other = rows["unitgroup"], signed_in(admin), make_unit("市城发集团")
    assert do(client, group, "join", unit="市城发集团", starts_on="2022-08-01").status_code == 302
    assert (
        "该单位已是成员。"
        in do(client, group, "join", unit="市城发集团", starts_on="2022-08-02").content.decode()
    )
    held = UnitGroupMember.objects.get(unit=other)
    early = do(client, group, "leave", held=held.pk, ends_on="2021-01-01")
    assert "终止日期不能早于起始日期。" in early.content.decode()
    do(client, group, "leave", held=held.pk, ends_on="2022-08-02")
    held.refresh_from_db()
    assert held.ends_on == date(2022, 8, 2)
    again = do(client, group, "leave", held=held.pk, ends_on="2023-08-02")
    assert "该成员已经终止" in again.content.decode()


@pytest.mark.parametrize(
    "posted", [{}, {"act": "put", "ordinal": "9" * 40}, {"act": "leave", "held": "甲"}]
)
def test_nonsense_is_answered_with_a_page(
    admin: User, rows: dict[str, Any], posted: dict[str, str]
) -> None:
    client = signed_in(admin)
    answer = client.post(f"{GROUPS}{rows['unitgroup'].pk}/", posted)
    assert answer.status_code in {404, 409}
    assert client.post(GROUPS, posted).status_code == 409
