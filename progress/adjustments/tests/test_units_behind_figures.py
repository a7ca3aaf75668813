"""The indicator's own unit may stand behind a figure that a decision is about, as behind every
other; another unit is asked about, and what was typed stays.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from progress.models import Adjustment, Closure, SiteVisit
from progress.visits.acts import plan_visit
from tasks.models import Task
from tests.cast import Cast, accept_report, at, report_of
from tests.office_files import PDF
from tests.pages import browser, text_of
from units.actors import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

OWN = ["320公里", "３２０ 公里", "320公里\u200b", "320"]


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("依据.pdf", PDF, content_type="application/pdf")


def asks_for(cast: Cast, task: Task, value: str, **more: Any) -> Any:
    address = reverse("progress:ask", args=["2022", task.kind, task.number, "target"])
    typed = {
        "indicator": task.indicators.get().pk,
        "value": value,
        "starts_on": "2022-08-03",
        "reason": "示例：上级下达。",
        "file": paper(),
        **more,
    }
    return browser(cast.reporter).post(address, typed)


@pytest.mark.parametrize("typed", OWN)
def test_a_new_target_is_typed_with_its_unit(cast: Cast, task: Task, typed: str) -> None:
    assert asks_for(cast, task, typed).status_code == 302
    assert Decimal(Adjustment.objects.get().detail["value"]) == 320


def test_another_unit_is_refused_and_stays_as_typed(cast: Cast, task: Task) -> None:
    answer = asks_for(cast, task, "320个")
    assert answer.status_code == 409
    assert 'value="320个"' in text_of(answer)
    assert not Adjustment.objects.exists()
    assert "请选择此事项的指标" in text_of(asks_for(cast, task, "320公里", indicator="x"))


def added(cast: Cast, task: Task, value: str, measure: str) -> Any:
    number = {
        "name": "新建泵站",
        "unit_of_measure": measure,
        "kind": "cumulative",
        "comparator": "ge",
        "value": value,
        "starts_on": "2022-08-03",
        "decided_by": "市政府常务会议",
        "decided_on": "2022-08-02",
        "authority": "示例纪要",
    }
    address = reverse("tasks:change_number", args=["2022", task.pk])
    typed = {f"number-{key}": each for key, each in number.items()}
    return browser(cast.office).post(address, typed)


@pytest.mark.parametrize(("value", "measure"), [("3座", "座"), ("３座 ", " 座"), ("3", "座")])
def test_a_new_number_too(cast: Cast, task: Task, value: str, measure: str) -> None:
    assert added(cast, task, value, measure).status_code == 302
    assert task.indicators.get(name="新建泵站").targets.get().value == 3


@pytest.mark.parametrize("measure", ["个", ""])
def test_a_new_number_of_another_unit_is_not(cast: Cast, task: Task, measure: str) -> None:
    answer = added(cast, task, "3座", measure)
    assert answer.status_code == 409
    assert 'value="3座"' in text_of(answer)


def test_what_a_claim_reached_too(cast: Cast, task: Task) -> None:
    number = task.indicators.get()
    accept_report(cast, report_of(task, cast.lead), at("2022-08-02"), 290)
    address = "/2022/tasks/1/claim/"
    typed = {"statement": "示例：全部完工。", f"figure:{number.pk}": "300公里", "file": paper()}
    assert browser(cast.reporter).post(address, typed).status_code == 302
    closure = Closure.objects.get()
    check = f"/2022/closures/{closure.pk}/check/"
    said = {"check_kind": "papers", "note": "示例：一致。", f"figure:{number.pk}": "299公里"}
    assert browser(cast.office).post(check, said).status_code == 302
    assert closure.figures.get().verified == 299


def recorded(actor: Actor, visit: SiteVisit, figure: str, reading: int | str) -> Any:
    typed = {
        "kind": "on_site",
        "visited_on": "2022-08-03",
        "people": "督查室（示例）",
        "finding": "true",
        "text": "示例：有出入。",
        "reading": reading,
        "figure": figure,
    }
    return browser(actor).post(reverse("progress:visit_record", args=["2022", visit.pk]), typed)


def test_what_a_visit_counted_too(cast: Cast, task: Task) -> None:
    july = accept_report(cast, report_of(task, cast.lead), at("2022-08-02"), 180)
    reading = july.versions.get().readings.get()
    visit = plan_visit(task=task, actor=cast.office, now=at("2022-08-03"), because="示例：过快")
    refused = recorded(cast.office, visit, "178个", reading.pk)
    assert refused.status_code == 409
    assert 'value="178个"' in text_of(refused)
    assert recorded(cast.office, visit, "178公里", reading.pk).status_code == 302
