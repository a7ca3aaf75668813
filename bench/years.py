"""A full year to measure on: the sample, which ends in July, made whole in SQL.

PostgreSQL only. The day is 3 January: January to November were filed, reviewed, reminded of and
logged as the sample's last finalized period of the same cycle was; December is under way as the
sample's July is, and the last quarter and half year are finalized before their time. The log is as
long as a year's and does not chain.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from bench.inserting import insert

if TYPE_CHECKING:
    from progress.models import Period

SHIFT = 100_000  # between the ids of a row and of its copy, times the id of the copy's period
MONTHS = [f"2022-{month:02}" for month in range(7, 12)]
FILLED = {"2022-06": MONTHS, "2022-Q2": ["2022-Q3", "2022-Q4"], "2022-H1": ["2022-H2"]}
OPEN, LAST = "2022-07", "2022-12"  # what the sample leaves open, and what it becomes
OF_VERSION = ("submitted_at", "signed_at", "decided_at", "edited_at")
OF_REMINDER = ("claimed_at", "sent_at", "read_at")


def make_year() -> None:
    """Migrations, the plan, the sample, and what is missing of the year."""
    from django.core.management import call_command
    from django.db import connection, transaction

    from progress.models import Period

    call_command("migrate", verbosity=0)
    call_command("load_plan", verbosity=0)
    call_command("load_sample", verbosity=0)
    periods = {period.code: period for period in Period.objects.all()}
    with transaction.atomic():
        _move(periods[OPEN], periods[LAST])
        for source, codes in FILLED.items():
            for code in codes:
                _fill(periods[source], periods[code])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _move(source: Period, target: Period) -> None:
    """What was filed of `source` becomes that of `target`, and everybody's last reminders."""
    from django.db.models import DateField, F
    from django.db.models.functions import Cast

    from progress.models import ProgressReport, Reminder, ReportVersion

    later = target.data_as_of - source.data_as_of
    reports = ProgressReport.objects.filter(period=source)
    ReportVersion.objects.filter(report__in=reports).update(
        data_as_of=target.data_as_of, **{name: F(name) + later for name in OF_VERSION}
    )
    Reminder.objects.filter(report__in=reports).update(
        due_on=Cast(F("due_on") + later, DateField()),
        **{name: F(name) + later for name in OF_REMINDER},
    )
    reports.update(
        period=target,
        due_on=target.due_on,
        closes_on=target.closes_on,
        first_left_at=F("first_left_at") + later,
    )


def _fill(source: Period, target: Period) -> None:
    """Reports, versions, figures, judgements, reminders and log of `target` as of `source`."""
    from django.apps import apps

    from progress.models import ProgressReport, Reminder, ReportVersion

    shift, days = SHIFT * target.pk, _days(source, target)
    filed = ProgressReport.objects.filter(period=source)
    of_period = f"WHERE period_id = {source.pk}"
    reports = _among(filed.values_list("pk", flat=True))
    of_report = f"WHERE report_id IN {reports}"
    versions = _among(ReportVersion.objects.filter(report__in=filed).values_list("pk", flat=True))
    of_version = f"WHERE version_id IN {versions}"
    told = Reminder.objects.filter(report__in=filed, message__isnull=False)
    messages = _among(told.values_list("message_id", flat=True).distinct())
    period = {"period_id": str(target.pk)}
    versioned = {"version_id": f"version_id + {shift}"}
    report = period | _later(["first_left_at"], days) | _moved(["accepted_version_id"], shift)
    report |= {"due_on": f"DATE '{target.due_on}'", "closes_on": f"DATE '{target.closes_on}'"}
    version = _moved(["report_id", "supersedes_id"], shift) | _later(OF_VERSION, days)
    version |= {"data_as_of": f"DATE '{target.data_as_of}'"}
    # who did not report is judged by the version of a period before, which stays where it is
    own = f"CASE WHEN version_id IN {versions} THEN {shift} ELSE 0 END"
    judged = period | {"version_id": f"version_id + {own}"} | _later(["frozen_at"], days)
    message = {"key": f"key || '/{target.code}'"} | _later(["made_at"], days)
    reminder = _moved(["report_id", "message_id"], shift) | _later(OF_REMINDER, days)
    reminder |= {
        "subject": f"'report:' || (report_id + {shift})",
        "due_on": f"(due_on + {days})::date",
        "link": f"replace(link, '/' || report_id || '/', '/' || (report_id + {shift}) || '/')",
    }
    for name, where, changed in (
        ("progress.ProgressReport", of_period, report),
        ("progress.ReportVersion", of_report, version),
        ("progress.Reading", of_version, versioned),
        ("progress.MilestoneReading", of_version, versioned),
        ("progress.SubItemReading", of_version, versioned),
        ("progress.TaskPeriod", of_period, judged),
        ("progress.Message", f"WHERE id IN {messages}", message),
        ("progress.Reminder", of_report, reminder),
        (
            "units.LogEntry",
            f"WHERE subject_type = 'progressreport' AND subject_id IN {reports}",
            _moved(["position", "subject_id"], shift) | _later(["at"], days),
        ),
    ):
        insert(apps.get_model(name), _moved(["id"], shift) | changed, where)
    finalized: dict[str, Any] = {
        "state": source.state,
        "finalized_by_id": source.finalized_by_id,
        "finalized_by_name": source.finalized_by_name,
    }
    if source.finalized_at is not None:
        finalized["finalized_at"] = source.finalized_at + (target.data_as_of - source.data_as_of)
    type(target).objects.filter(pk=target.pk).update(**finalized)


def _among(ids: Iterable[int | None]) -> str:
    """(1, 2, 3), for what stands behind IN; of none (0), which is no id."""
    return f"({', '.join(map(str, ids)) or 0})"


def _days(source: Period, target: Period) -> str:
    return f"interval '{(target.data_as_of - source.data_as_of).days} days'"


def _moved(columns: Iterable[str], shift: int) -> dict[str, str]:
    return {column: f"{column} + {shift}" for column in columns}


def _later(columns: Iterable[str], days: str) -> dict[str, str]:
    return {column: f"{column} + {days}" for column in columns}
