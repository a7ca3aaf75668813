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
    "from_address": "来源地址",
    "times": "次数",
    "status": "结果",
    "path": "网址",
    "version": "稿次",
    "readings": "读数",
    "milestones": "节点",
    "verified": "核定数",
    "detail": "内容",
    "content": "内容",
    "items": "事项数",
    "responsibilities": "责任",
    "decision": "结论",
    "in_review": "待审核事项",
    "lead": "承办单位",
    "leads": "牵头单位",
    "co_units": "协办单位",
    "supports": "配合单位",
    "members": "成员",
    "read": "读到的内容",
    "on": "日期",
    "workdays": "工作日",
    "moved": "顺延",
    "kept": "不变",
    "added": "增加",
    "taken": "取消",
    "listed": "列入事项",
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
    "subjects": "对象",
    "subject": "对象",
    "kind": "种类",
    "counts": "行数",
    "new": "新增",
    "changed": "修改",
    "same": "未变",
    "bad": "有误",
    "book": "工作簿",
    "query": "条件",
    "size": "大小",
    "scan": "扫描件",
    "source": "来源",
    "channel": "渠道",
    "ladder": "提醒规则",
    "weights": "扣分标准",
    "indicator": "指标编号",
    "value": "数值",
    "upper": "上限",
    "due_on": "时限",
    "starts_on": "起始日期",
    "ends_on": "终止日期",
    "leaving": "退出的单位编号",
    "unit": "单位编号",
    "role": "责任类别",
    "becomes_primary": "由其汇总牵头",
    "objection": "异议",
    "responsibility": "责任编号",
    "held": "原责任单位",
    "then": "现责任单位",
    "category": "类别",
    "action": "操作",
    "actor": "操作人",
    "since": "起",
    "until": "止",
    "text": "文字",
}
TOO_LONG_TO_TELL = {"content": "有改动，见各稿"}
YES_NO = {True: "是", False: "否"}


@dataclass(frozen=True)
class Trace:
    """`changes` are sentences such as 终止日期：空 → 2022-08-31."""

    changes: list[str]
    reason: str


def trace_of(entry: LogEntry, skip: Container[str] = ()) -> Trace:
    """From, to and why of one entry; `skip` names changes that the caller words itself."""
    if (told := _payload(entry)) is None:
        return Trace([entry.payload[:LONGEST]], "")
    changes, reason = told
    model = subjects().get(entry.subject_type)
    kept = {
        str(name): value
        for name, value in changes.items()
        if value not in EMPTY and name not in skip
    }
    return Trace([_sentence(model, name, value) for name, value in kept.items()], reason)


def changes_of(entry: LogEntry) -> dict[str, Any]:
    """What one entry carries by name, as it was stored; empty where it cannot be read."""
    changes, _ = _payload(entry) or ({}, "")
    return changes


def _payload(entry: LogEntry) -> tuple[dict[str, Any], str] | None:
    """The changes and the reason; None of a row that somebody tampered with."""
    try:
        payload = json.loads(entry.payload)
        return dict(payload.get("changes") or {}), str(payload.get("reason") or "")
    except (ValueError, TypeError, AttributeError):
        return None


def subjects() -> dict[str, type[models.Model]]:
    """Every kind of thing that an entry may be about, by the name the log gives it."""
    own = [apps.get_app_config(label) for label in ("units", "tasks", "progress", "reports")]
    return {str(each._meta.model_name): each for app in own for each in app.get_models()}


def _sentence(model: type[models.Model] | None, name: str, value: Any) -> str:
    field = _field(model, name)
    label = str(getattr(field, "verbose_name", "")) or WORDS.get(name, name)
    if name in TOO_LONG_TO_TELL:
        return f"{label}：{TOO_LONG_TO_TELL[name]}"
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
    text = _plain(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _plain(value: Any) -> str:
    """Lists and tables as a person would write them: 时限2023-03-31，上限空."""
    if isinstance(value, dict):
        return "，".join(f"{WORDS.get(str(key), key)}{_plain(each)}" for key, each in value.items())
    if isinstance(value, list):
        return "、".join(_plain(each) for each in value)
    if isinstance(value, bool):
        return YES_NO[value]
    return NOTHING if value in EMPTY else str(value)
