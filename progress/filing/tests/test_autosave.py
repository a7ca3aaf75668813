"""Autosave: what the open form is told, and that it never settles what only a person can."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from progress.filing import drafts
from progress.lifecycle import by_unit
from progress.models import ProgressReport
from tasks.models import Task
from tests.cast import Cast, accept_report, at, fill, report_of
from tests.pages import browser, latest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

NOW = at("2022-08-02")
MINE, THEIRS = "示例：甲写的进展。", "示例：乙写的进展。"


@pytest.fixture
def report(cast: Cast, task: Task) -> ProgressReport:
    accept_report(cast, report_of(task, cast.lead, "2022-06"), at("2022-07-04"), 150)
    return report_of(task, cast.lead)


@pytest.fixture
def client(cast: Cast) -> Client:
    return browser(cast.reporter)


def send(client: Client, report: ProgressReport, base: str, **fields: Any) -> Any:
    url = f"/2022/reports/{report.pk}/draft/"
    return client.post(url, {"base": base, **fields}, headers={"X-In-Place": "1"})


def test_the_answer_says_when_and_what_was_found(client: Client, report: ProgressReport) -> None:
    key = f"reading:{report.task.indicators.get().pk}::value"
    told = send(client, report, "{}", progress=MINE, **{key: "140"}).json()
    assert told["is_saved"] is True
    assert len(told["saved_at"]) == len("10:42")
    assert "累计数140公里小于上期150公里" in told["html"]
    assert told["base"] == drafts.fingerprint(latest(report))
    assert latest(report).progress == MINE


def test_what_another_typed_elsewhere_comes_along(
    cast: Cast, client: Client, report: ProgressReport
) -> None:
    fill(report, cast.reporter, NOW, 160, progress=MINE)
    base = drafts.fingerprint(latest(report))
    fill(report, cast.reporter, NOW, 170, progress=MINE, problems=THEIRS)
    told = send(client, report, base, progress=MINE, next_steps="示例：招标。").json()
    key = f"reading:{report.task.indicators.get().pk}::value"
    assert told["theirs"] == {"problems": THEIRS, key: "170"}
    assert told["their_name"] == cast.reporter.name
    assert latest(report).next_steps == "示例：招标。"


def test_a_conflict_stays_one_until_somebody_chooses(
    cast: Cast, client: Client, report: ProgressReport
) -> None:
    fill(report, cast.reporter, NOW, progress="示例：原来的进展。")
    base = drafts.fingerprint(latest(report))
    fill(report, cast.reporter, NOW, progress=THEIRS)
    told = send(client, report, base, progress=MINE).json()
    assert told["conflicts"] == ["progress"]
    assert THEIRS in told["html"]
    again = send(client, report, told["base"], progress=MINE).json()
    assert again["conflicts"] == ["progress"]
    held = send(client, report, again["base"], held="progress", note="示例：无。").json()
    assert held["conflicts"] == []
    assert latest(report).progress == THEIRS
    assert latest(report).note == "示例：无。"
    assert send(client, report, held["base"], progress=MINE).json()["conflicts"] == ["progress"]


def test_what_cannot_be_read_is_named_and_the_rest_is_saved(
    client: Client, report: ProgressReport
) -> None:
    key = f"reading:{report.task.indicators.get().pk}::value"
    told = send(client, report, "{}", progress=MINE, **{key: "很多"}).json()
    assert "请填写数字" in told["errors"][key]
    assert latest(report).progress == MINE


def test_a_report_on_its_way_says_why_nothing_is_saved(
    cast: Cast, client: Client, report: ProgressReport
) -> None:
    fill(report, cast.reporter, NOW, 160)
    by_unit.submit(report=report, actor=cast.reporter, now=NOW)
    response = send(client, report, "{}", progress=MINE)
    assert response.status_code == 409
    assert "待审签" in response.json()["problem"]


@pytest.mark.parametrize("base", ["", "[]", "[" * 5000, '{"progress": 1}', "😀"])
def test_a_nonsense_fingerprint_overwrites_nothing(
    cast: Cast, client: Client, report: ProgressReport, base: str
) -> None:
    fill(report, cast.reporter, NOW, progress=THEIRS)
    told = send(client, report, base, progress=MINE).json()
    assert told["conflicts"] == ["progress"]
    assert latest(report).progress == THEIRS


def test_a_sentence_on_a_warning_is_saved_while_typing(
    client: Client, report: ProgressReport
) -> None:
    first = send(client, report, "{}", progress=MINE).json()
    key = f"explanation:no_number:reading:{report.task.indicators.get().pk}::value"
    assert f'name="{key}"' in first["html"]
    send(client, report, first["base"], **{key: "示例：尚未结算。"})
    assert "示例：尚未结算。" in latest(report).explanations.values()
