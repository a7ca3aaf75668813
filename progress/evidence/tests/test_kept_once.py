"""A file that is sent twice is kept once: a form without scripts pressed twice, and a file that the
script sends again because the answer to the first was lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from progress.models import Evidence, ProgressReport
from progress.visits.acts import plan_visit
from tasks.models import Plan, Task
from tasks.sub_items import acts as sub_items
from tests.cast import Cast, at, make_item, report_of
from tests.office_files import PDF, picture
from tests.pages import browser, text_of
from units.actors import Actor
from units.models import LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("third_of_august")]

NOW = at("2022-08-03")
TWICE = "现场.jpg已上传过，没有重复保存。"
SCRIPT = {"accept": "application/json"}


@dataclass
class Place:
    """Where files go up, and who sends them."""

    actor: Actor
    name: str
    pk: int

    def send(self, *files: tuple[str, bytes], **how: Any) -> Any:
        address = reverse(f"progress:{self.name}", args=["2022", self.pk])
        chosen = [SimpleUploadedFile(*each) for each in files]
        return browser(self.actor).post(address, {"file": chosen}, **how)


@pytest.fixture(params=["evidence_upload", "sub_item_photo", "visit_photo"])
def place(request: Any, cast: Cast, task: Task, report: ProgressReport) -> Place:
    if request.param == "evidence_upload":
        return Place(cast.reporter, request.param, report.pk)
    if request.param == "visit_photo":
        visit = plan_visit(task=task, actor=cast.office, now=NOW, because="示例：进度过快")
        return Place(cast.office, request.param, visit.pk)
    indicator = task.indicators.get()
    indicator.unit_of_measure = "条"
    indicator.save()
    row = sub_items.create(
        indicator=indicator, unit=cast.lead, name="示例路", actor=cast.reporter, now=NOW
    )
    return Place(cast.reporter, request.param, row.pk)


JPG = ("现场.jpg", picture())


def test_a_form_pressed_twice_keeps_its_files_once(place: Place) -> None:
    other = ("现场二.png", picture("PNG"))
    first = place.send(JPG, other)
    second = place.send(JPG, other)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert sorted(Evidence.objects.values_list("name", flat=True)) == ["现场.jpg", "现场二.png"]
    assert LogEntry.objects.filter(action="evidence.add").count() == 2
    page = text_of(browser(place.actor).get(second["Location"]))
    assert page.count("data-file=") == 2


def test_the_second_answer_says_so_and_new_files_beside_it_are_kept(place: Place) -> None:
    place.send(JPG)
    page = text_of(place.send(JPG, ("现场二.png", picture("PNG")), follow=True))
    assert TWICE in page
    assert "已上传：现场二.png。" in page
    assert Evidence.objects.count() == 2


def test_the_script_is_answered_with_the_row_of_the_first(place: Place) -> None:
    first = place.send(JPG, headers=SCRIPT).json()
    again = place.send(JPG, headers=SCRIPT).json()
    kept = Evidence.objects.get()
    assert f'data-file="{kept.pk}"' in first["row"]
    assert f'data-file="{kept.pk}"' in again["row"]
    assert "again" not in first
    assert again["again"] == TWICE


def test_what_was_taken_off_goes_up_again(place: Place) -> None:
    place.send(JPG)
    kept = Evidence.objects.get()
    off = reverse("progress:evidence_withdraw", args=["2022", kept.pk])
    browser(place.actor).post(off)
    place.send(JPG)
    standing = Evidence.objects.filter(withdrawn_at=None)
    assert standing.get() != kept


def test_another_name_or_other_content_is_another_file(place: Place) -> None:
    place.send(JPG)
    place.send(("现场三.jpg", JPG[1]))
    place.send(("现场.jpg", picture("PNG")))
    assert Evidence.objects.count() == 3


def test_the_same_file_may_go_with_each_report(
    cast: Cast, plan: Plan, report: ProgressReport
) -> None:
    other = report_of(make_item(plan, cast, 2), cast.lead)
    for each in (report, other):
        Place(cast.reporter, "evidence_upload", each.pk).send(("清单.pdf", PDF))
    assert set(Evidence.objects.values_list("version__report", flat=True)) == {report.pk, other.pk}
