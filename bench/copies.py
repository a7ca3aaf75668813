"""Copies of a plan beside it, written in SQL.

PostgreSQL only. Every id of copy k is that of the first plan plus k × `STEP`, so that whatever
points at a copied row points at the copy. The copies share units, people and dates with the first
plan, and all are active: what forgets to ask for its own plan finds a hundred times as much.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.inserting import insert

if TYPE_CHECKING:
    from django.db.models import Field, Model

STEP = 10_000_000  # between the ids of two plans
COPIED_APPS = ("tasks", "progress", "reports")
COPIED_BESIDE = ("units.Approval", "units.LogEntry")


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
            insert(model, _moved(model, set(models)), copies)
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
