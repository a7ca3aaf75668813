"""The auditor's workbook: the rows of the page under its filters, and its own line in the log."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.cast import Cast, at
from tests.pages import browser
from units import log
from units.models import LogEntry

pytestmark = pytest.mark.django_db


def rows_of(content: bytes) -> list[tuple[object, ...]]:
    return list(load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True))


def test_the_workbook_holds_the_rows_under_the_filters_and_is_logged() -> None:
    cast = Cast()
    log.record(action="login", summary="登录：甲", now=at("2022-08-01"), actor=cast.reporter)
    log.record(action="export", summary="导出：乙", now=at("2022-08-02"), actor=cast.office)
    log.record(action="evidence.download", summary="=下载：丙", now=at("2022-08-02", "11:00:00"))
    auditor = browser(cast.auditor)
    answer = auditor.get("/audit.xlsx?since=2022-08-02")
    table = rows_of(answer.content)
    said = [row[8] for row in table[3:]]
    assert said[:2] == ["导出：乙", "=下载：丙"]
    assert "登录：甲" not in said
    assert "自：2022-08-02" in str(table[1][0])
    last = LogEntry.objects.order_by("-position")[0]
    assert (last.action, last.actor_name) == ("export", "审计员")
    assert "操作日志_" in last.payload


def test_nobody_else_takes_the_log_away() -> None:
    cast = Cast()
    for actor in (cast.office, cast.admin, cast.reporter, cast.leader):
        assert browser(actor).get("/audit.xlsx").status_code == 403
