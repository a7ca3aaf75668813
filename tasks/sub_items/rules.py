"""子项: which numbers can have a list, who keeps it, and what a row must say to be kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tasks.models import Indicator, IndicatorShare, SubItemStage
from units.actors import Actor
from units.city.words import said
from units.models import Unit
from units.permissions import ALLOWED, Verdict, denied

# Measured one by one; 公里, 户 and 亿元 are not counted from a list.
COUNTED_IN = frozenset("个座条所家处项件")
STARTS = "开工"  # 亿元以上项目开工入库: such a number counts starts, not finishes
MOST_INVESTED = Decimal("1000000000000")  # 万元; the column holds 12 digits before the point


def is_listable(indicator: Indicator) -> bool:
    """Whether the number counts things that can stand in a list, one by one."""
    return indicator.kind == "cumulative" and indicator.unit_of_measure in COUNTED_IN


def counts_starts(indicator: Indicator) -> bool:
    """Whether the number itself is of starts; else it is of what is finished."""
    return STARTS in indicator.name


def reporting_unit(indicator: Indicator, day: date) -> Unit | None:
    """The unit that reports the city's figure on `day`; the primary where nobody holds it."""
    reporter = indicator.reporter_on(day)
    return reporter.unit if reporter is not None else None


def units_of(indicator: Indicator, day: date) -> list[Unit]:
    """The units that a row may belong to: every unit with a share, then the reporting one."""
    shares = IndicatorShare.objects.on(day).filter(indicator=indicator).select_related("unit")
    units = [share.unit for share in shares.order_by("unit__ordinal")]
    reporting = reporting_unit(indicator, day)
    if reporting is not None and reporting not in units:
        units.append(reporting)
    return units


def keeps_all(actor: Actor, indicator: Indicator, day: date) -> bool:
    """Whether every row is theirs to keep: the office's and the reporting unit's."""
    if actor.is_office or not actor.is_of_a_unit:
        return actor.is_office
    reporting = reporting_unit(indicator, day)
    return reporting is not None and actor.unit_id == reporting.pk


def can_edit(actor: Actor, indicator: Indicator, unit: Unit | None, day: date) -> Verdict:
    """The office and the reporting unit every row, a unit with a share its own.

    `unit` None asks whether any row may be kept at all.
    """
    if keeps_all(actor, indicator, day):
        return ALLOWED
    shares = IndicatorShare.objects.on(day).filter(indicator=indicator, unit=actor.unit_id)
    if actor.is_of_a_unit and shares.exists() and (unit is None or unit.pk == actor.unit_id):
        return ALLOWED
    reporting = reporting_unit(indicator, day)
    whose = said("有分县目标的单位")
    who = f"{reporting}和{whose}" if reporting is not None else whose
    return denied(f"{indicator}的子项由{who}维护，各单位只改本单位的子项。")


def mistakes(
    *,
    stage: str,
    started_on: date | None,
    finished_on: date | None,
    invested: Decimal | None,
    today: date,
) -> dict[str, str]:
    """Field → what is wrong with it, a whole sentence; empty when a row may be kept. Pure."""
    found: dict[str, str] = {}
    if stage not in SubItemStage.values:
        found["stage"] = "状态只能是前期、在建或完工。"
    for name, label, day in (
        ("finished_on", "完工", finished_on),
        ("started_on", "开工", started_on),
    ):
        if day is not None and day > today:
            found[name] = f"{label}日期不能晚于今天，计划日期请写入备注。"
    if stage == SubItemStage.PREPARING and (started_on or finished_on):
        found["stage"] = "已有开工日期的，状态请选在建或完工。"
    if stage in (SubItemStage.BUILDING, SubItemStage.DONE) and started_on is None:
        found["started_on"] = "在建或完工的，请填写开工日期。"
    if stage == SubItemStage.BUILDING and finished_on is not None:
        found["stage"] = "已有完工日期的，状态请选完工。"
    if stage == SubItemStage.DONE and finished_on is None:
        found["finished_on"] = "完工的，请填写完工日期。"
    if started_on and finished_on and finished_on < started_on:
        found["finished_on"] = "完工日期不能早于开工日期。"
    if invested is not None and not 0 <= invested < MOST_INVESTED:
        found["invested"] = "累计完成投资以万元填写，须为不小于0的数。"
    return found
