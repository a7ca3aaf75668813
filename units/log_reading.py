"""What a log entry says of from, to and why, in words.

Reads the stored text and never fails on it: a row somebody tampered with is shown as it is.
"""

from __future__ import annotations

import json
from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from units.models import LogEntry

LONGEST = 120
NOTHING = "空"
EMPTY: tuple[Any, ...] = (None, "", [], {})
# What entries carry beside the fields of their subject.
WORDS = {
    "address": "来源地址",
    "version": "稿次",
    "readings": "读数",
    "milestones": "节点",
    "verified": "核定数",
    "detail": "内容",
    "items": "事项数",
    "warnings": "提示数",
    "file": "文件",
    "figures": "完成数",
    "successor": "接任的任职编号",
    "before": "调整前",
    "filters": "筛选条件",
    "rows": "行数",
    "drawn": "抽中",
    "sub_items": "子项数",
    "virus": "病毒",
}
YES_NO = {True: "是", False: "否"}


@dataclass(frozen=True)
class Trace:
    """`changes` are sentences such as 终止日期：空 → 2022-08-31."""

    changes: list[str]
    reason: str


def trace_of(entry: LogEntry, skip: Container[str] = ()) -> Trace:
    """From, to and why of one entry; `skip` names changes that the caller words itself."""
    try:
        payload = json.loads(entry.payload)
        changes, reason = dict(payload.get("changes") or {}), str(payload.get("reason") or "")
    except (ValueError, TypeError, AttributeError):
        return Trace([entry.payload[:LONGEST]], "")
    model = subjects().get(entry.subject_type)
    told = {
        str(name): value
        for name, value in changes.items()
        if value not in EMPTY and name not in skip
    }
    return Trace([_sentence(model, name, value) for name, value in told.items()], reason)


def subjects() -> dict[str, type[models.Model]]:
    """Every kind of thing that an entry may be about, by the name the log gives it."""
    own = [apps.get_app_config(label) for label in ("units", "tasks", "progress", "reports")]
    return {str(each._meta.model_name): each for app in own for each in app.get_models()}


def _sentence(model: type[models.Model] | None, name: str, value: Any) -> str:
    field = _field(model, name)
    label = str(getattr(field, "verbose_name", "")) or WORDS.get(name, name)
    if isinstance(value, list) and len(value) == 2:
        before, after = (_spelled(field, each) for each in value)
        return f"{label}：{before} → {after}"
    return f"{label}：{_spelled(field, value)}"


def _field(model: type[models.Model] | None, name: str) -> Any:
    try:
        return model._meta.get_field(name) if model is not None else None
    except FieldDoesNotExist:
        return None


def _spelled(field: Any, value: Any) -> str:
    if value in EMPTY:
        return NOTHING
    if isinstance(value, bool):
        return YES_NO[value]
    if isinstance(value, str):
        value = dict(getattr(field, "flatchoices", ())).get(value, value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
