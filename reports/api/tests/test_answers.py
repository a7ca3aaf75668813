"""The door as its callers meet it: their rows, pages of answers, 304, and what is wrong."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from reports.tests.factories import freeze
from tasks.models import Plan, Task
from tests.cast import Cast, make_item
from tests.pages import browser
from units.actors import Actor
from units.models import UnitAlias

pytestmark = pytest.mark.django_db
V1 = "/api/v1/plans/2022/"


@pytest.fixture
def items(cast: Cast, plan: Plan) -> list[Task]:
    found = [make_item(plan, cast, number) for number in (1, 2, 3)]
    found.append(make_item(plan, cast, 4, visibility="restricted"))
    for task in found:
        freeze(task, "late", percent=20)
    return found


def got(who: Actor | Client, address: str, **headers: str) -> Any:
    client = who if isinstance(who, Client) else browser(who)
    return client.get(f"{V1}{address}", headers=headers)


def test_everybody_reads_the_items_that_the_pages_show(cast: Cast, items: list[Task]) -> None:
    for actor in (cast.office, cast.reporter, cast.supporter, cast.stranger_reporter, cast.leader):
        seen = Task.objects.visible_to(actor).values_list("kind", "number")
        wanted = {f"{kind}-{number}" for kind, number in seen}
        for address in ("items/", "finalized/"):
            rows = got(actor, address).json()["results"]
            assert {row.get("id") or row["item"] for row in rows} == wanted, address
        for row in got(actor, "indicators/").json()["results"]:
            assert row["item"] in wanted
        for row in got(actor, "designations/").json()["results"]:
            assert row["item"] in wanted


def test_who_has_it_already_is_told_so_until_something_is_written(
    cast: Cast, items: list[Task]
) -> None:
    client = browser(cast.leader)
    got(client, "items/")  # opens what is due
    first = got(client, "items/")
    assert got(client, "items/", if_none_match=first["ETag"]).status_code == 304
    assert got(client, "items/?page_size=2", if_none_match=first["ETag"]).status_code == 200
    UnitAlias.objects.create(unit=cast.lead, name="示例别名")
    again = got(client, "items/", if_none_match=first["ETag"])
    assert (again.status_code, again["ETag"] != first["ETag"]) == (200, True)


def test_nobody_is_told_by_the_tag_of_another(cast: Cast, items: list[Task]) -> None:
    got(cast.office, "items/")
    tag = got(cast.office, "items/")["ETag"]
    assert got(cast.reporter, "items/", if_none_match=tag).status_code == 200


def test_pages_follow_each_other(cast: Cast, items: list[Task]) -> None:
    client, found, address = browser(cast.office), [], "items/?page_size=3"
    while address:
        page = got(client, address).json()
        found += [row["number"] for row in page["results"]]
        address = (page["next"] or "").partition(V1)[2]
    assert (found, page["count"], page["pages"]) == ([1, 2, 3, 4], 4, 2)
    assert got(client, "items/?page=9").status_code == 404


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("lihgt=late", "没有名为“lihgt”的参数"),
        ("light=purple", "状态"),
        ("as_of=2022-13", "没有“2022-13”这一期的定稿"),
        ("page=0", "page应为1至"),
        ("page_size=501", "page_size应为1至500"),
        ("page=１", "page应为1至"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_given_out(
    cast: Cast, items: list[Task], asked: str, said: str
) -> None:
    response = got(cast.office, f"items/?{asked}")
    assert response.status_code == 400
    assert said in response.json()["detail"]


def test_what_stands_now_is_the_offices(cast: Cast, items: list[Task]) -> None:
    assert got(cast.office, "items/?live=1").status_code == 200
    assert got(cast.leader, "items/?live=1").status_code == 400
    assert got(cast.leader, "items/?filing=draft").status_code == 400


def test_a_stranger_is_asked_who_he_is_in_one_sentence(cast: Cast, items: list[Task]) -> None:
    response = Client().get(f"{V1}items/")
    assert (response.status_code, response.json()["detail"][:3]) == (401, "请先登")
    assert response["WWW-Authenticate"].startswith("Bearer")
