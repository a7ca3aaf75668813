"""The log page of the auditor."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from units import log
from units.log import triggers
from units.models import LogEntry, Unit, User
from units.tests.factories import signed_in

pytestmark = pytest.mark.django_db


def note(day: int, action: str, summary: str, **fields: object) -> LogEntry:
    now = datetime(2022, 8, day, 4, tzinfo=UTC)
    return log.record(action=action, summary=summary, now=now, **fields)  # type: ignore[arg-type]  # each test names its own


@pytest.fixture
def entries(unit: Unit, admin: User) -> None:
    note(1, "login.failed", "登录失败：甲", user=admin, changes={"address": "10.0.0.1"})
    note(2, "unit.change", "修改单位：乙", subject=unit, changes={"telephone": ["", "6521"]})
    note(3, "progressreport.return_to_unit", "退回：丙", reason="数据不衔接。")


def read(auditor: User, query: str = "") -> str:
    response = signed_in(auditor).get(f"/audit/?{query}")
    assert response.status_code == 200
    return response.content.decode()


def found(page: str) -> set[str]:
    return {name for name in "甲乙丙" if f"：{name}" in page}


def test_only_the_auditor_reads_the_log(liaison: User, admin: User, auditor: User) -> None:
    assert "操作日志只供审计员查阅" in signed_in(admin).get("/audit/").content.decode()
    assert signed_in(liaison).get("/audit/").status_code == 403
    assert signed_in(auditor).get("/audit/").status_code == 200


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "甲乙丙"),
        ("action=login.failed", "甲"),
        ("who=xtgly", "甲"),
        ("since=2022-08-02", "乙丙"),
        ("until=2022-08-02", "甲乙"),
        ("since=2022-08-02&until=2022-08-02", "乙"),
        ("subject=unit", "乙"),
        ("q=不衔接", "丙"),
        ("q=6521", "乙"),
        ("q=登录失败", "甲"),
        ("number=999999", ""),
    ],
)
def test_each_filter_keeps_what_it_says(
    auditor: User, entries: None, query: str, expected: str
) -> None:
    assert found(read(auditor, query)) == set(expected)


def test_one_thing_can_be_followed(auditor: User, entries: None, unit: Unit) -> None:
    page = read(auditor)
    link = f"?subject=unit&amp;number={unit.pk}"
    assert link in page
    assert found(read(auditor, link.removeprefix("?").replace("&amp;", "&"))) == {"乙"}


def test_from_to_and_why_are_said_in_words(auditor: User, entries: None) -> None:
    page = read(auditor)
    assert "值班电话：空 → 6521" in page
    assert "来源地址：10.0.0.1" in page
    assert "原因：数据不衔接。" in page


def test_a_tampered_row_is_shown_and_named(auditor: User, entries: None) -> None:
    triggers.remove(connection)
    LogEntry.objects.filter(position=2).update(payload="[")
    triggers.install(connection)
    assert "第2条与校验值不符" in read(auditor, "verify=1")


def test_a_whole_log_is_said_to_be_whole(auditor: User, entries: None) -> None:
    assert "日志完整" in read(auditor, "verify=1")


@pytest.mark.parametrize(
    "query",
    [
        "action=x&subject=y&number=z",
        "number=1e999",
        "number=99999999999999999999999",
        "number=-1.5",
        "since=2022-13-99&until=昨天",
        "since=0001-01-01&until=9999-12-31",
        f"q={'长' * 60_000}",
        "q=%25_😀&who=%5C",
        "page=99999999999999999999",
        "page=甲",
    ],
)
def test_nonsense_in_the_address_is_no_crash(auditor: User, entries: None, query: str) -> None:
    assert "操作日志" in read(auditor, query)


def test_a_long_log_comes_in_pages(auditor: User) -> None:
    for number in range(51):
        note(1, "login", f"登录：第{number}次")
    assert "第1页，共2页" in read(auditor)
    assert "登录：第0次" in read(auditor, "page=2")


def test_more_rows_cost_no_more_queries(
    auditor: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        note(1, "login", f"登录：第{number}次")
    client = signed_in(auditor)
    with django_assert_max_num_queries(12):
        client.get("/audit/")


def test_one_click_shows_a_kind_of_act(auditor: User, entries: None) -> None:
    assert found(read(auditor, "kind=login")) == set("甲")
    assert found(read(auditor, "kind=filing")) == set("丙")
    assert found(read(auditor, "kind=account")) == set("乙")
    assert found(read(auditor, "kind=nonsense")) == set("甲乙丙")
