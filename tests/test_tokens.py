"""A token opens the door, only to its scopes, only from its addresses, and stops at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from huangshi_tasks.lib import clock
from reports.tests.factories import freeze
from tasks.models import Plan, Task
from tests.cast import Cast, at, make_item, make_plan
from tests.matters import make_instruction
from tests.pages import browser
from units.actors import Actor
from units.errors import NotNow, Refused
from units.guard.refused import ONE_BY_ONE, sum_up
from units.models import ApiToken, LogEntry, Repeated
from units.tokens import acts, using

pytestmark = pytest.mark.django_db
NOW = at("2022-08-02")
ITEMS, MATTERS = "/api/v1/plans/2022/items/", "/api/v1/plans/2022/matters/"


@pytest.fixture(autouse=True)
def today() -> Any:
    clock.configure(date(2022, 8, 3))
    yield
    clock.configure(None)


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def plan() -> Plan:
    return make_plan()


@pytest.fixture
def item(cast: Cast, plan: Plan) -> Task:
    found = make_item(plan, cast, 17)
    freeze(found, "late", percent=20)
    make_instruction(cast, plan)
    return found


def asked(actor: Actor, **fields: Any) -> ApiToken:
    said = {
        "name": "示例平台",
        "purpose": "示例",
        "scopes": ["read_finalized"],
        "addresses": ["127.0.0.1"],
        "expires_on": date(2022, 12, 31),
        **fields,
    }
    return acts.ask(actor=actor, now=NOW, **said)


def secret_of(cast: Cast, actor: Actor, **fields: Any) -> tuple[ApiToken, str]:
    token = asked(actor, **fields)
    acts.release(token=token, actor=cast.admin, now=NOW)
    return token, acts.collect(token=token, actor=actor, now=NOW)


def got(secret: str, address: str = ITEMS, **environ: Any) -> Any:
    return Client().get(address, headers={"Authorization": f"Bearer {secret}"}, **environ)


@pytest.mark.parametrize("holder", ["office", "signer"])
@pytest.mark.parametrize("scope", ["read_finalized", "read_live", "write_readings"])
def test_each_scope_of_office_and_unit_opens_what_it_says(
    cast: Cast, item: Task, holder: str, scope: str
) -> None:
    _, secret = secret_of(cast, getattr(cast, holder), scopes=[scope])
    answers = (got(secret).status_code, got(secret, MATTERS).status_code)
    wanted = {"read_finalized": (200, 403), "read_live": (403, 200), "write_readings": (403, 403)}
    assert answers == wanted[scope]
    assert got(secret, f"{ITEMS}?filing=draft").status_code != 200 or scope == "read_live"


def test_a_unit_reads_its_own_items_only(cast: Cast, plan: Plan, item: Task) -> None:
    other = make_item(plan, cast, 18)
    other.responsibilities.filter(is_primary=True).update(unit=cast.stranger)
    _, secret = secret_of(cast, cast.signer)
    assert [row["number"] for row in got(secret).json()["results"]] == [17]
    _, secret = secret_of(cast, cast.office)
    assert [row["number"] for row in got(secret).json()["results"]] == [17, 18]


def test_it_stops_at_once_when_revoked_expired_or_elsewhere(cast: Cast, item: Task) -> None:
    token, secret = secret_of(cast, cast.office)
    assert got(secret).status_code == 200
    assert got(secret, REMOTE_ADDR="10.0.0.9").status_code == 401
    clock.configure(date(2022, 12, 31))
    assert got(secret).status_code == 200
    clock.configure(date(2023, 1, 1))
    assert got(secret).status_code == 401
    clock.configure(date(2022, 8, 3))
    acts.revoke(token=token, actor=cast.admin, now=NOW)
    refused = got(secret)
    assert (refused.status_code, refused.json()) == (401, {"detail": using.UNKNOWN})
    assert got("nobody-has-this").status_code == 401


def test_the_answer_is_as_good_for_the_tag_as_that_of_a_session(cast: Cast, item: Task) -> None:
    _, secret = secret_of(cast, cast.office)
    got(secret)
    tag = got(secret)["ETag"]
    held = {"Authorization": f"Bearer {secret}", "If-None-Match": tag}
    assert Client().get(ITEMS, headers=held).status_code == 304


def test_too_many_in_a_minute_are_told_when_to_come_again(
    cast: Cast, item: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(using, "PER_MINUTE", 2)
    token, secret = secret_of(cast, cast.office)
    assert [got(secret).status_code for _ in range(3)] == [200, 200, 429]
    assert 0 < int(got(secret)["Retry-After"]) <= 60
    ApiToken.objects.update(minute_at=timezone.now() - timedelta(seconds=61))
    assert got(secret).status_code == 200
    token.refresh_from_db()
    assert (token.uses, token.last_address) == (3, "127.0.0.1")


def test_each_use_is_in_the_log_the_many_as_one_with_their_count(cast: Cast, item: Task) -> None:
    _, secret = secret_of(cast, cast.office)
    for _ in range(ONE_BY_ONE + 4):
        got(secret)
    entries = LogEntry.objects.filter(action="apitoken.use")
    assert entries.count() == ONE_BY_ONE
    Repeated.objects.update(since=timezone.now() - timedelta(hours=2))
    sum_up()
    last = entries.order_by("-position")[0]
    assert entries.count() == ONE_BY_ONE + 1
    assert "4次" in last.summary
    assert not any(secret in entry.payload for entry in LogEntry.objects.all())


def test_only_who_asked_sees_it_once_and_the_administrator_never(cast: Cast) -> None:
    token = asked(cast.office)
    office, admin = browser(cast.office), browser(cast.admin)
    with pytest.raises(NotNow):
        acts.collect(token=token, actor=cast.office, now=NOW)
    assert admin.post(f"/tokens/{token.pk}/release/").status_code == 302
    assert admin.post(f"/tokens/{token.pk}/collect/").status_code == 403
    page = office.post(f"/tokens/{token.pk}/collect/")
    secret = page.context["secret"]
    assert secret in page.content.decode()
    assert office.post(f"/tokens/{token.pk}/collect/").status_code == 302
    token.refresh_from_db()
    assert token.digest == acts.digest_of(secret)
    for client in (office, admin):
        html = client.get("/tokens/").content.decode()
        assert "示例平台" in html
        assert secret not in html
        assert acts.digest_of(secret) not in html


def test_a_liaison_may_not_ask_and_a_head_asks_for_the_own_unit(cast: Cast) -> None:
    with pytest.raises(Refused):
        asked(cast.reporter)
    assert asked(cast.signer).unit == cast.lead


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"addresses": "某服务器"}, "不是IP地址或网段"),
        ({"addresses": "0.0.0.0/0"}, "等于不限来源"),
        ({"addresses": "unix"}, "不是IP地址或网段"),
        ({"expires_on": "2024-01-01"}, "不超过一年"),
        ({"scopes": "everything"}, "请选择列出的权限"),
    ],
)
def test_what_is_typed_wrong_comes_back_with_a_sentence(
    cast: Cast, fields: dict[str, str], said: str
) -> None:
    typed = {
        "name": "示例平台",
        "purpose": "示例用途",
        "scopes": "read_finalized",
        "addresses": "10.1.0.0/16，127.0.0.1",
        "expires_on": "2022-12-31",
    }
    client = browser(cast.office)
    answer = client.post("/tokens/", {**typed, **fields})
    assert answer.status_code == 409
    assert said in answer.content.decode()
    assert "示例用途" in answer.content.decode()
    assert client.post("/tokens/", typed).status_code == 302
    assert ApiToken.objects.get().addresses == "10.1.0.0/16,127.0.0.1"
