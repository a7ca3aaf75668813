"""What raises a stamp and what does not, on both databases; whatever is written, by whomever."""

from __future__ import annotations

import threading

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from progress.models import ProgressReport, ReportVersion
from tasks.models import Responsibility, Task
from tests.month import cast, plan, report, task
from units.models import Stamp, Unit, UnitKind, User
from units.stamps.current import add_up, current
from units.stamps.shown import LIVE, shown

__all__ = ["cast", "plan", "report", "task"]
# tables that no kept page shows: one's own, the machine's, what only the log or the outbox tells
NOT_SHOWN = {
    "units.Certificate",
    "units.FirstRun",  # the administrator's own page
    "units.FormKey",
    "units.JobRun",
    "units.LogEntry",
    "units.LogHead",
    "units.OldPassword",
    "units.OneTimeCode",
    "units.PowerRequest",  # of administrators and auditors, which is not kept
    "units.Repeated",
    "units.SheetUpload",
    "units.SignedIn",
    "units.Stamp",
    "units.Tries",
    "units.UploadDay",
    "units.User_groups",
    "units.User_user_permissions",
    "tasks.DraftAct",  # drafts are the office's desk, which is not kept
    "tasks.LeftOpen",  # the office's list
    "progress.TurnAnswer",  # the office's page of the turn, which is not kept
    "tasks.KnownTable",
    "tasks.NoticeDraft",
    "tasks.NoticeSource",
    "progress.BoardRow",  # made of what is watched
    "progress.Meeting",  # 调度会 is the office's page, which is not kept
    "progress.MeetingDecision",
    "progress.Message",
    "progress.Reminder",
    "progress.TellingChoice",  # one's own, and what the machine obeys
    "progress.TellingRule",
    "progress.UnitChange",  # the page 单位, which is not kept
    "progress.Urge_recipients",
    "progress.Delivery",
    "progress.MilestoneReading",  # of a version: it comes into view when that is submitted
    "progress.SubItemReading",
    "reports.Export",
    "reports.SealedPart",
}


def test_every_table_is_watched_or_named_as_not_shown() -> None:
    watched = {each.table for each in shown()}
    ours = [apps.get_app_config(name) for name in ("units", "tasks", "progress", "reports")]
    missing = {
        model._meta.label
        for app in ours
        for model in app.get_models(include_auto_created=True)
        if model._meta.db_table not in watched
    }
    assert missing == NOT_SHOWN


@pytest.mark.django_db
def test_writing_what_is_shown_raises_its_topic_only() -> None:
    before = current()
    unit = Unit.objects.create(name="示例局", kind=UnitKind.MUNICIPAL_DEPARTMENT)
    created = current()
    assert created.finalized > before.finalized
    assert created.live == before.live

    Unit.objects.filter(pk=unit.pk).update(name="示例二局")
    renamed = current()
    assert renamed.finalized > created.finalized
    Unit.objects.filter(pk=unit.pk).update(name="示例二局")  # the same again
    assert current() == renamed

    unit.delete()
    assert current().finalized > renamed.finalized


@pytest.mark.django_db
def test_only_the_first_login_of_somebody_is_shown(report: ProgressReport) -> None:
    User.objects.update(last_login=None)
    before = current()
    User.objects.update(last_login="2022-08-01T00:00:00Z")
    first = current()
    assert first.live > before.live
    assert first.finalized == before.finalized
    User.objects.update(last_login="2022-08-02T00:00:00Z")
    assert current() == first


@pytest.mark.django_db
def test_typing_raises_nothing_and_submitting_does(report: ProgressReport) -> None:
    version = ReportVersion.objects.create(report=report, number=9)
    before = current()
    ReportVersion.objects.filter(pk=version.pk).update(progress="示例", edits=3)
    assert current() == before
    ReportVersion.objects.filter(pk=version.pk).update(submitted_at="2022-08-01T00:00:00Z")
    assert current().live > before.live
    assert current().finalized == before.finalized


@pytest.mark.django_db
def test_receipts_are_live_and_other_columns_of_a_duty_are_not(report: ProgressReport) -> None:
    before = current()
    Responsibility.objects.update(received_at="2022-02-01T00:00:00Z")
    received = current()
    assert received.live > before.live
    assert received.finalized == before.finalized
    Responsibility.objects.update(leader_name="示例")
    assert current().finalized > received.finalized


@pytest.mark.django_db
def test_bulk_and_raw_writes_count(report: ProgressReport) -> None:
    before = current()
    items = list(Task.objects.all())
    for item in items:
        item.short_title = "示例短题"
    Task.objects.bulk_update(items, ["short_title"])
    after = current()
    assert after.finalized > before.finalized
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tasks_task SET short_title = %s", ["另一短题"])
    assert current().finalized > after.finalized


@pytest.mark.django_db
def test_what_is_rolled_back_raises_nothing() -> None:
    before = current()
    with transaction.atomic():
        Unit.objects.create(name="示例局", kind=UnitKind.MUNICIPAL_DEPARTMENT)
        transaction.set_rollback(True)
    assert current() == before


@pytest.mark.django_db
def test_adding_up_keeps_the_sums() -> None:
    for number in range(5):
        Unit.objects.create(name=f"示例{number}局", kind=UnitKind.MUNICIPAL_DEPARTMENT)
    Stamp.objects.create(topic=LIVE, n=7)
    before = current()
    add_up()
    assert current() == before
    assert Stamp.objects.count() == 2
    Unit.objects.create(name="示例局", kind=UnitKind.MUNICIPAL_DEPARTMENT)
    assert current().finalized == before.finalized + 1


@pytest.mark.django_db(transaction=True)
def test_a_database_that_was_emptied_is_still_watched() -> None:
    call_command("flush", interactive=False, verbosity=0)
    before = current()
    Unit.objects.create(name="示例局", kind=UnitKind.MUNICIPAL_DEPARTMENT)
    assert current().finalized == before.finalized + 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_writers_do_not_wait_for_each_other_and_none_is_lost() -> None:
    """One transaction stays open while another raises, commits and rows are added up."""
    before = current()
    is_open, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            Unit.objects.create(name="慢局", kind=UnitKind.MUNICIPAL_DEPARTMENT)
            is_open.set()
            go_on.wait(10)
        connection.close()

    writer = threading.Thread(target=slow)
    writer.start()
    assert is_open.wait(10)
    Unit.objects.create(name="快局", kind=UnitKind.MUNICIPAL_DEPARTMENT)  # does not wait
    seen = current()
    assert seen.finalized == before.finalized + 1
    add_up()
    assert current() == seen
    go_on.set()
    writer.join(10)
    assert current().finalized == before.finalized + 2
