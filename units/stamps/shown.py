"""Which tables and columns pages show, by topic. Each app names its own when it is ready
(`<app>/shown.py`; of people and units `of_units`); `triggers` makes the database watch them.

`FINALIZED`: what pages of finalized data show, that is the plan, who answers for what, people and
units, decisions, every 定稿. `LIVE`: what is on its way, that is filings, matters, papers. What
somebody is typing belongs to neither: nobody else sees it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Model

FINALIZED, LIVE = "finalized", "live"
TOPICS = (FINALIZED, LIVE)


@dataclass(frozen=True)
class Shown:
    """The `columns` of a table; with `rows` also that one comes or goes. `filled`: not what the
    columns hold, only whether they hold anything.
    """

    topic: str
    table: str
    columns: tuple[str, ...]
    rows: bool = True
    filled: bool = False


_shown: dict[Shown, None] = {}  # in the order named, each once


def watch(topic: str, *models: type[Model], but: tuple[str, ...] = ()) -> None:
    """Rows and columns of `models` are shown, except the columns `but`."""
    for model in models:
        columns = tuple(name for name in _columns(model) if name not in but)
        _shown[Shown(topic, model._meta.db_table, columns)] = None


def watch_columns(topic: str, model: type[Model], *columns: str, filled: bool = False) -> None:
    """Of the model only that `columns` of its rows change; `filled`: that they become filled."""
    unknown = set(columns) - set(_columns(model))
    if unknown:
        raise ValueError(f"{model._meta.label} has no {', '.join(sorted(unknown))}")
    _shown[Shown(topic, model._meta.db_table, columns, rows=False, filled=filled)] = None


def shown() -> list[Shown]:
    """Everything that was named."""
    return list(_shown)


def _columns(model: type[Model]) -> list[str]:
    return [str(field.column) for field in model._meta.concrete_fields if not field.primary_key]
