"""Row scope: the exact rows of each role, and that asking of one row agrees with the list."""

from __future__ import annotations

import pytest

from progress.models import Evidence, ProgressReport, TaskPeriod
from tasks.models import Task, Visibility
from tests.addresses import SmallYear

pytestmark = pytest.mark.django_db

# role → sees the item 市住建局 leads, the project it leads, the filed July report, its file
SEEN = {
    "anonymous": (False, False, False, False),
    "reporter": (True, True, True, True),
    "signer": (True, True, True, True),
    "supporter": (True, True, False, False),
    "stranger": (False, False, False, False),
    "office": (True, True, True, True),
    "leader": (True, True, False, False),
    "observer": (True, True, False, False),
    "admin": (False, False, False, False),
    "auditor": (False, False, False, False),
}


@pytest.mark.parametrize("role", sorted(SEEN))
def test_each_role_sees_exactly_these_rows(year: SmallYear, role: str) -> None:
    actor = year.actors[role]
    item, project, report, file = SEEN[role]
    tasks = {year.task.pk: item, year.project.pk: project}
    assert set(Task.objects.visible_to(actor).values_list("pk", flat=True)) == {
        pk for pk, is_seen in tasks.items() if is_seen
    }
    reports = ProgressReport.objects.visible_to(actor)
    assert reports.filter(pk=year.july.pk).exists() == report
    files = Evidence.objects.visible_to(actor)
    assert files.filter(pk=year.evidence.pk).exists() == file


@pytest.mark.parametrize("role", sorted(SEEN))
def test_nothing_of_an_item_is_seen_without_the_item(year: SmallYear, role: str) -> None:
    actor = year.actors[role]
    tasks = set(Task.objects.visible_to(actor).values_list("pk", flat=True))
    reports = ProgressReport.objects.visible_to(actor)
    assert set(reports.values_list("responsibility__task", flat=True)) <= tasks
    files = Evidence.objects.visible_to(actor)
    assert set(files.values_list("task", flat=True)) <= tasks
    frozen = TaskPeriod.objects.visible_to(actor)
    assert set(frozen.values_list("task", flat=True)) <= tasks


def test_a_restricted_item_is_for_its_leads_the_office_and_named_leaders(year: SmallYear) -> None:
    Task.objects.filter(pk=year.task.pk).update(visibility=Visibility.RESTRICTED)

    def sees(role: str) -> bool:
        return Task.objects.visible_to(year.actors[role]).filter(pk=year.task.pk).exists()

    assert {role for role in SEEN if sees(role)} == {"reporter", "signer", "office"}
    year.task.named_readers.add(year.cast.leader.user)
    assert {role for role in SEEN if sees(role)} == {"reporter", "signer", "office", "leader"}


def test_a_unit_keeps_seeing_what_it_once_answered_for(year: SmallYear) -> None:
    held = year.task.responsibilities.get(unit=year.cast.support)
    held.ends_on = held.starts_on
    held.save()
    assert Task.objects.visible_to(year.cast.supporter).filter(pk=year.task.pk).exists()


def test_a_draft_plan_is_the_offices(year: SmallYear) -> None:
    type(year.plan).objects.filter(pk=year.plan.pk).update(state="draft")
    seeing = [r for r, actor in year.actors.items() if Task.objects.visible_to(actor).exists()]
    assert seeing == ["office"]
