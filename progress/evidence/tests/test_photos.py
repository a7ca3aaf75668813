"""选用照片: the office chooses what the page of a project shows; nobody sees more than he may."""

from __future__ import annotations

from typing import Any

import pytest

from progress.evidence.photos import choosable
from progress.models import Evidence, EvidenceKind
from tasks.models import Plan, Task
from tests.cast import Cast, accept_report, at, fill, make_item, report_of
from tests.pages import browser
from units.actors import Actor
from units.models import LogEntry

pytestmark = pytest.mark.django_db
CHOOSE, PAGE = "/2022/projects/3/photos/", "/2022/projects/3/parts/"


@pytest.fixture
def project(plan: Plan, cast: Cast) -> Task:
    return make_item(plan, cast, 3, kind="practical_project")


def image(task: Task, cast: Cast, name: str, **fields: Any) -> Evidence:
    values: dict[str, Any] = {
        "kind": EvidenceKind.EVIDENCE,
        "unit": cast.lead,
        "preview": f"preview/{name}",
        **fields,
    }
    return Evidence.objects.create(
        task=task,
        name=name,
        file=f"evidence/{name}",
        content_type="image/jpeg",
        size=1,
        sha256="0" * 64,
        uploaded_by=cast.reporter.user,
        uploaded_by_name="联络员",
        uploaded_at=at("2022-07-01"),
        **values,
    )


def shown(actor: Actor) -> int:
    body = browser(actor).get(PAGE).content.decode()
    return body.count('/preview/"><img') + body.count('<img src="/2022/evidence/')


def test_the_page_shows_what_the_office_chose_and_the_log_says_so(
    cast: Cast, project: Task
) -> None:
    first, second = image(project, cast, "甲.jpg"), image(project, cast, "乙.jpg")
    assert shown(cast.leader) == 0
    office = browser(cast.office)
    answer = office.post(CHOOSE, {"photo": [first.pk]}, follow=True)
    assert "现在显示1张照片" in answer.content.decode()
    assert shown(cast.leader) == shown(cast.reporter) == 1
    entry = LogEntry.objects.get(action="photos.choose")
    assert "甲.jpg" in entry.payload
    assert "乙.jpg" not in entry.payload
    office.post(CHOOSE, {"photo": [first.pk]})
    assert LogEntry.objects.filter(action="photos.choose").count() == 1
    office.post(CHOOSE, {"photo": [second.pk]})
    assert set(Evidence.objects.filter(shown_at=None)) == {first}
    office.post(CHOOSE, {})
    assert shown(cast.leader) == 0


def test_only_images_that_readers_may_see_can_be_chosen(cast: Cast, project: Task) -> None:
    good = image(project, cast, "好.jpg")
    report = report_of(project, cast.lead, "2022-07")
    draft = fill(report, cast.reporter, at("2022-07-27")).version
    others = [
        image(project, cast, "草稿.jpg", version=draft),
        image(project, cast, "报送单.jpg", kind=EvidenceKind.SIGNED_SHEET),
        image(project, cast, "表.xlsx", preview=""),
        image(project, cast, "待扫描.jpg", scan="waiting"),
        image(project, cast, "撤下.jpg", withdrawn_at=at("2022-07-02")),
    ]
    assert list(choosable(project)) == [good]
    asked = [each.pk for each in (good, *others)]
    browser(cast.office).post(CHOOSE, {"photo": [*asked, "x", "9" * 30]})
    assert list(Evidence.objects.exclude(shown_at=None)) == [good]


def test_what_was_taken_off_is_shown_no_longer(cast: Cast, project: Task) -> None:
    photo = image(project, cast, "甲.jpg", shown_at=at("2022-07-20"))
    assert shown(cast.leader) == 1
    Evidence.objects.filter(pk=photo.pk).update(withdrawn_at=at("2022-07-21"))
    assert shown(cast.leader) == 0


def test_a_photo_of_a_filing_can_be_chosen_once_it_is_accepted(cast: Cast, project: Task) -> None:
    report = accept_report(cast, report_of(project, cast.lead, "2022-06"), at("2022-07-04"), 150)
    photo = image(project, cast, "甲.jpg", version=report.accepted_version)
    assert list(choosable(project)) == [photo]


def test_others_than_the_office_choose_nothing(cast: Cast, project: Task) -> None:
    photo = image(project, cast, "甲.jpg")
    for actor, code in ((cast.leader, 403), (cast.reporter, 403), (cast.stranger_reporter, 404)):
        assert browser(actor).get(CHOOSE).status_code == code
        assert browser(actor).post(CHOOSE, {"photo": [photo.pk]}).status_code == code
    assert Evidence.objects.get().shown_at is None
    assert "选用照片" not in browser(cast.leader).get(PAGE).content.decode()
    assert "选用照片" in browser(cast.office).get(PAGE).content.decode()
