"""Plans to measure on: the sample year made whole, and copies of it beside it, written in SQL.

PostgreSQL only. Every id of copy k is that of the first plan plus k × `STEP`, so that whatever
points at a copied row points at the copy. The copies share units, people and dates with the first
plan, and all are active: what forgets to ask for its own plan finds a hundred times as much.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import Field, Model

    from progress.models import Period

STEP = 10_000_000  # between the ids of two plans
PERIOD_STEP = 100_000  # between those of two periods that are filled from one
COPIED_APPS = ("tasks", "progress", "reports")
COPIED_BESIDE = ("units.Approval", "units.LogEntry")


def make_year() -> None:
    """The sample, whose July is open, led to 3 January: what was open is December, what came
    between was filed as the last finalized period of its kind was.
    """
    from django.core.management import call_command
    from django.db import transaction

    from progress.models import Period

    call_command("migrate", verbosity=0)
    call_command("load_plan", verbosity=0)
    call_command("load_sample", verbosity=0)
    periods = {period.code: period for period in Period.objects.all()}
    with transaction.atomic():
        _move(periods["2022-07"], periods["2022-12"])
        months = [f"2022-{month:02}" for month in range(7, 12)]
        for source, codes in (("2022-06", months), ("2022-Q2", ["2022-Q3", "2022-Q4"])):
            for code in codes:
                _fill(periods[source], periods[code])
        _fill(periods["2022-H1"], periods["2022-H2"])


def _move(source: Period, target: Period) -> None:
    from progress.models import ProgressReport

    reports = ProgressReport.objects.filter(period=source)
    reports.update(period=target, due_on=target.due_on, closes_on=target.closes_on)


def _fill(source: Period, target: Period) -> None:
    """Reports, versions, readings and judgements of `target` as those of `source`."""
    from django.apps import apps

    shift = PERIOD_STEP * target.pk
    days = f"interval '{(target.data_as_of - source.data_as_of).days} days'"
    period = {"period_id": str(target.pk)}
    dates = {"due_on": f"DATE '{target.due_on}'", "closes_on": f"DATE '{target.closes_on}'"}
    dates["first_left_at"] = f"first_left_at + {days}"
    of_period = f"WHERE period_id = {source.pk}"
    # every part is a number of ours
    reports = f"(SELECT id FROM progress_progressreport {of_period})"  # noqa: S608
    of_report = f"WHERE report_id IN {reports}"
    versions = f"(SELECT id FROM progress_reportversion {of_report})"  # noqa: S608
    of_version = f"WHERE version_id IN {versions}"
    versioned = {"version_id": f"version_id + {shift}"}
    reported = {"report_id": f"report_id + {shift}", "supersedes_id": f"supersedes_id + {shift}"}
    reported |= {name: f"{name} + {days}" for name in ("submitted_at", "signed_at", "decided_at")}
    reported["data_as_of"] = f"DATE '{target.data_as_of}'"
    # who did not report is judged by the version of a period before, which stays where it is
    moved = f"CASE WHEN version_id IN {versions} THEN {shift} ELSE 0 END"
    latest = {"version_id": f"version_id + {moved}"}
    accepted = {"accepted_version_id": f"accepted_version_id + {shift}"}
    for name, where, changed in (
        ("ProgressReport", of_period, period | dates | accepted),
        ("ReportVersion", of_report, reported),
        ("Reading", of_version, versioned),
        ("MilestoneReading", of_version, versioned),
        ("SubItemReading", of_version, versioned),
        ("TaskPeriod", of_period, period | latest),
    ):
        model = apps.get_model("progress", name)
        _insert(model, {"id": f"id + {shift}"} | changed, where)
    state: dict[str, Any] = {"state": source.state, "finalized_by_id": source.finalized_by_id}
    state |= {"finalized_by_name": source.finalized_by_name, "finalized_at": source.finalized_at}
    type(target).objects.filter(pk=target.pk).update(**state)


def add_copies(first: int, last: int) -> None:
    """Copies number `first` to `last` of everything that belongs to the first plan."""
    from django.apps import apps
    from django.db import connection, transaction

    models = [
        model
        for label in COPIED_APPS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ] + [apps.get_model(name) for name in COPIED_BESIDE]
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
            if cursor.fetchone() == (True,):  # the copies are whole; checking each takes minutes
                cursor.execute("SET LOCAL session_replication_role = replica")
        for model in models:
            copies = f"CROSS JOIN generate_series({first}, {last}) AS k WHERE id < {STEP}"
            if model._meta.label == "tasks.Portfolio":
                copies += " AND unit_id IS NULL"  # who has a unit in charge has it in every plan
            _insert(model, _moved(model, set(models)), copies)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _moved(model: type[Model], copied: set[type[Model]]) -> dict[str, str]:
    """The columns of a copy that differ from the first: ids, and what must be unique."""
    ids = [str(field.column) for field in model._meta.concrete_fields if _is_moved(field, copied)]
    moved = {column: f"{column} + k * {STEP}" for column in ids}
    for field in model._meta.concrete_fields:
        if field.unique and field.get_internal_type() == "CharField":
            moved[str(field.column)] = f"md5({field.column} || '/' || k)"
    if model._meta.label == "tasks.Plan":
        moved |= {"slug": "slug || '-' || k", "series": "series || k"}
    if model._meta.label == "progress.Reminder":  # report:891, milestone:23
        number = f"split_part(subject, ':', 2)::bigint + k * {STEP}"
        moved["subject"] = f"regexp_replace(subject, ':[0-9]+', ':' || ({number}))"
    if model._meta.label == "units.LogEntry":
        same = ("position", "subject_id")
        moved |= {column: f"{column} + k * {STEP}" for column in same}
    return moved


def _is_moved(field: Field[object, object], copied: set[type[Model]]) -> bool:
    return field.primary_key or field.related_model in copied


def _insert(model: type[Model], changed: Mapping[str, str], where: str) -> None:
    """Copy rows of a table, some columns given as SQL."""
    from django.db import connection

    columns = [str(field.column) for field in model._meta.concrete_fields]
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(changed.get(column, f'"{column}"') for column in columns)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        # every part is a name or a number of ours
        cursor.execute(f'INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}" {where}')  # noqa: S608
