"""Which rows belong to the archive of a plan, of every table: by the way from the table to `Plan`.

The way is found in the models, not listed by hand, so that a new table cannot be forgotten. What
belongs to no plan (units, people, the log, the ledger of messages) goes in whole.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import QuerySet

from reports.models import Export, SealedPart
from tasks.models import Plan

APPS = ("units", "tasks", "progress", "reports")
# files of others, and rows that are of this machine only
LEFT_OUT = (Export, SealedPart)
LEFT_OUT_TABLES = (
    "units.FirstRun",
    "units.JobRun",
    "units.Stamp",
    "progress.BoardRow",
    # by what people come in: it opens nothing elsewhere
    "units.Certificate",
    "units.OldPassword",
    "units.OneTimeCode",
    "units.Repeated",
    "units.SignedIn",
    "units.Tries",
    "units.UploadDay",
)

Model = type[models.Model]


def tables() -> Iterator[Model]:
    """Every table of the system, those that others point to first."""
    waiting = [
        model
        for label in APPS
        for model in apps.get_app_config(label).get_models()
        if model not in LEFT_OUT and model._meta.label not in LEFT_OUT_TABLES
    ]
    known: set[Model] = set()
    while waiting:
        free = [model for model in waiting if _needs(model) <= known | {model}]
        for model in free or waiting[:1]:  # a circle of tables: any of them first
            known.add(model)
            waiting.remove(model)
            yield model


def _needs(model: Model) -> set[Model]:
    ours = {m for label in APPS for m in apps.get_app_config(label).get_models()}
    return {field.related_model for field in _links(model)} & ours


def _links(model: Model) -> list[models.ForeignKey[Any, Any]]:
    fields = model._meta.get_fields()
    return [f for f in fields if isinstance(f, models.ForeignKey)]


def way_to_plan(model: Model) -> str | None:
    """``version__report__period__plan``; the shortest over links that are never empty."""
    if model is Plan:
        return "pk"
    queue: deque[tuple[Model, str]] = deque([(model, "")])
    seen = {model}
    while queue:
        here, path = queue.popleft()
        for link in _links(here):
            if link.null:
                continue
            step = f"{path}__{link.name}" if path else link.name
            target = link.related_model
            if target is Plan:
                return step
            if target not in seen:
                seen.add(target)
                queue.append((target, step))
    return None


def rows_of(model: Model, plan: Plan) -> QuerySet[Any]:
    """The rows of one table that belong to the plan's archive, in order of their ids."""
    rows = model._default_manager.order_by("pk")
    way = way_to_plan(model)
    return rows if way is None else rows.filter(**{way: plan.pk})
