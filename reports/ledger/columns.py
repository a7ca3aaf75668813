"""The columns of 任务台账, and what each is sorted by."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from progress.states import Light
from reports.ledger.rows import LedgerRow
from units.city.words import said
from units.lists.tool import Column


def columns_of(newest: date | None, filing_heading: str) -> tuple[Column, ...]:
    """`newest` tells of which month the plan is, `filing_heading` is empty where nobody files."""
    plan = f"{newest.month}月计划" if newest is not None else "本期计划"
    columns = [
        Column("number", "编号", lambda row: (row.task.kind, row.task.number), True, "l-no"),
        Column("words", "任务内容", stays=True),
        Column("units", "牵头、配合单位", _unit),
        Column("leader", said("分管市领导"), css="l-po"),
        Column("light", "状态", lambda row: list(Light).index(Light(row.light))),
        Column("expected", plan, _expected, css="n"),
        Column("percent", "完成进度", _percent, css="wp"),
        Column("gap", "与序时比", _gap, css="n", title="与序时进度比，百分点"),
        Column("filing", filing_heading, _filing),
        Column("due", "时限", lambda row: row.due_on),
    ]
    return tuple(column for column in columns if column.label)


def _unit(row: LedgerRow) -> tuple[int, int] | None:
    primary = row.primary
    return (primary.ordinal, primary.pk) if primary is not None else None


def _expected(row: LedgerRow) -> Decimal | None:
    frozen = row.frozen
    return frozen.expected if frozen is not None and frozen.percent is not None else None


def _percent(row: LedgerRow) -> Decimal | None:
    return row.frozen.percent if row.frozen is not None else None


def _gap(row: LedgerRow) -> Decimal | None:
    percent, expected = _percent(row), _expected(row)
    return percent - expected if percent is not None and expected is not None else None


def _filing(row: LedgerRow) -> str | None:
    return row.filing.state or None if row.filing is not None else None
