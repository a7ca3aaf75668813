"""子项: adding, changing and retiring the rows of a list.

Used by the page of the list and by the import from Excel alike; every change is one log entry.
Who may, and what a row must say, is in `tasks.sub_items.rules`.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from huangshi_tasks.lib.fold import fold
from tasks.models import Indicator, SubItem, SubItemStage
from tasks.sub_items.rules import can_edit, is_listable, mistakes, units_of
from units import log
from units.actors import Actor
from units.city.words import said
from units.errors import NotNow
from units.models import Unit
from units.permissions import require

TWICE = "{unit}已有同名子项“{name}”，请核对名称或修改原有子项。"


@transaction.atomic
def create(
    *,
    indicator: Indicator,
    unit: Unit,
    name: str,
    stage: str = SubItemStage.PREPARING,
    started_on: date | None = None,
    finished_on: date | None = None,
    invested: Decimal | None = None,
    note: str = "",
    actor: Actor,
    now: datetime,
) -> SubItem:
    """Put one thing on the list. `invested` in 万元, cumulative.

    Raises `Refused` or `NotNow` (a sentence that says what to do); one log entry.
    """
    require(can_edit(actor, indicator, unit, now.date()))
    if not is_listable(indicator):
        raise NotNow(f"{indicator}以{indicator.unit_of_measure}计量，不按子项计数。")
    if unit not in units_of(indicator, now.date()):
        raise NotNow(f"{unit}不承担{indicator}，{said('请选择有分县目标的单位')}。")
    sub_item = SubItem(
        indicator=indicator,
        unit=unit,
        name=name.strip(),
        stage=stage,
        started_on=started_on,
        finished_on=finished_on,
        invested=invested,
        note=note.strip(),
    )
    _keep(sub_item, actor, now)
    _record("create", "新增子项", sub_item, actor, now, changes=_shown(sub_item))
    return sub_item


@transaction.atomic
def change(*, sub_item: SubItem, actor: Actor, now: datetime, **values: Any) -> SubItem:
    """Change a row on the locked row: any of `name`, `stage`, `started_on`, `finished_on`,
    `invested`, `note`. Old and new go into the log; nothing changed, nothing logged.

    Raises `Refused` or `NotNow`.
    """
    locked = _locked(sub_item)
    require(can_edit(actor, locked.indicator, locked.unit, now.date()))
    before = _shown(locked)
    for name, value in values.items():
        if name not in before:
            raise TypeError(name)
        setattr(locked, name, value.strip() if isinstance(value, str) else value)
    after = _shown(locked)
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changes:
        _keep(locked, actor, now)
        _record("change", "修改子项", locked, actor, now, changes=changes)
    return locked


@transaction.atomic
def retire(*, sub_item: SubItem, reason: str, actor: Actor, now: datetime) -> SubItem:
    """停用: take it off the list and out of the counts; row, photos and trail stay."""
    locked = _locked(sub_item)
    require(can_edit(actor, locked.indicator, locked.unit, now.date()))
    if not reason.strip():
        raise NotNow("请填写停用原因。")
    locked.retired_on, locked.retired_reason = now.date(), reason.strip()
    locked.save(update_fields=["retired_on", "retired_reason"])
    _record("retire", "停用子项", locked, actor, now, reason=reason)
    return locked


def _locked(sub_item: SubItem) -> SubItem:
    rows = SubItem.objects.select_for_update(of=("self",)).select_related(
        "indicator__responsibility__unit", "indicator__task", "unit"
    )
    locked = rows.get(pk=sub_item.pk)
    if locked.retired_on is not None:
        raise NotNow(f"{locked}已停用，不能修改。")
    return locked


def _keep(sub_item: SubItem, actor: Actor, now: datetime) -> None:
    if not sub_item.name:
        raise NotNow("请填写子项名称。")
    found = mistakes(
        stage=sub_item.stage,
        started_on=sub_item.started_on,
        finished_on=sub_item.finished_on,
        invested=sub_item.invested,
        today=now.date(),
    )
    for sentence in found.values():
        raise NotNow(f"{sub_item}：{sentence}")
    standing = SubItem.objects.standing().filter(indicator=sub_item.indicator, unit=sub_item.unit)
    names = dict(standing.values_list("pk", "name"))
    is_new = names.pop(sub_item.pk, None) != sub_item.name
    if is_new and fold(sub_item.name) in map(fold, names.values()):
        raise NotNow(TWICE.format(unit=sub_item.unit, name=sub_item.name))
    sub_item.changed_at = now
    sub_item.changed_by, sub_item.changed_by_name = actor.user, actor.name
    try:
        with transaction.atomic():
            sub_item.save()
    except IntegrityError:
        raise NotNow(TWICE.format(unit=sub_item.unit, name=sub_item.name)) from None


def _shown(sub_item: SubItem) -> dict[str, Any]:
    names = ("name", "stage", "started_on", "finished_on", "invested", "note")
    return {name: getattr(sub_item, name) for name in names}


def _record(
    act: str,
    verb: str,
    sub_item: SubItem,
    actor: Actor,
    now: datetime,
    *,
    changes: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    log.record(
        actor=actor,
        action=f"sub_item.{act}",
        subject=sub_item,
        summary=f"{verb}：{sub_item.indicator} {sub_item.unit} {sub_item}",
        changes=changes,
        reason=reason,
        now=now,
    )
