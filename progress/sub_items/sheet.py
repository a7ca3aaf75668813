"""子项 from Excel: the 131 小区 behind a number, new ones and changes of what is on the list.

A row is known by number, unit and name; taking off the list and renaming are acts of the page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from huangshi_tasks.lib.fold import fold
from huangshi_tasks.lib.text import full_width
from progress.sub_items.forms import SubItemForm
from progress.sub_items.sheet_tables import CHOICES, TABLE
from tasks.models import REPORTING, Indicator, Plan, SubItem, SubItemStage
from tasks.sub_items import acts as sub_items
from tasks.sub_items.rules import can_edit, is_listable, units_of
from units.actors import Actor
from units.errors import NotNow, Refused
from units.models import Unit
from units.permissions import ALLOWED, Verdict, denied
from units.sheets.book import Book
from units.sheets.columns import Value
from units.sheets.known import in_words, meant, spelled
from units.sheets.reading import Line
from units.sheets.results import CHANGED, NEW, SAME, Result
from units.sheets.running import BadRow, Put, run_table
from units.sheets.writing import Filled, Row, write_book

SPARE = 200
STATE = ("stage", "started_on", "finished_on", "invested", "note")
Place = tuple[str, str]  # 编号, 指标
Key = tuple[Place, str, str]  # 单位, 子项名称


@dataclass
class Listed:
    """The numbers whose lists the actor keeps, with the units of each."""

    indicators: dict[Place, Indicator] = field(default_factory=dict)
    units: dict[Place, dict[str, Unit]] = field(default_factory=dict)

    def rows(self) -> list[SubItem]:
        """What stands on these lists, of the units that the actor keeps."""
        found = SubItem.objects.standing().filter(indicator__in=self.indicators.values())
        related = found.select_related("indicator__task", "unit").order_by(
            "indicator__task__kind", "indicator__task__number", "indicator__ordinal", "unit", "name"
        )
        return [each for each in related if each.unit.name in self.units[place_of(each.indicator)]]


@dataclass(frozen=True)
class SubItemSheet:
    """An `Import` (`units.sheets.running`) of one plan."""

    plan: Plan
    kind: str = "sub-items"
    title: str = "子项"
    about: str = "成批填写指标下的子项（小区、道路、学校等）：状态、开工和完工日期、投资。"

    @property
    def scope(self) -> str:
        return self.plan.slug

    def may(self, actor: Actor) -> Verdict:
        if actor.is_of_a_unit or actor.is_office:
            return ALLOWED
        return denied("子项由各责任单位和督查室维护。")

    def template(self, actor: Actor, now: datetime) -> bytes:
        listed = listed_for(self.plan, actor, now.date())
        if not listed.indicators:
            raise NotNow("本单位没有按子项计数的指标，不需要填写子项。")
        rows = [Row(_values(each)) for each in listed.rows()]
        choices = [Row(_choice(place, listed)) for place in listed.indicators]
        return write_book([Filled(TABLE, rows, SPARE), Filled(CHOICES, choices)])

    def run(self, book: Book, actor: Actor, now: datetime) -> Result:
        listed = listed_for(self.plan, actor, now.date())
        known = {_key(each): each for each in listed.rows()}

        def put(line: Line) -> Put:
            return _put(line, listed, known, actor, now)

        return run_table(
            book,
            TABLE,
            put,
            "name",
            year=self.plan.year,
            expected={key: f"{each.unit} {each.name}" for key, each in known.items()},
            key_of=_key_of_line,
        )


def listed_for(plan: Plan, actor: Actor, day: date) -> Listed:
    """Which numbers, and of each which units."""
    listed = Listed()
    found = Indicator.objects.filter(plan=plan, task__isnull=False)
    related = found.select_related("task", *REPORTING)
    for indicator in related.order_by("task__kind", "task__number", "ordinal"):
        if not is_listable(indicator) or not can_edit(actor, indicator, None, day):
            continue
        units = units_of(indicator, day)
        own = {unit.name: unit for unit in units if can_edit(actor, indicator, unit, day)}
        listed.indicators[place_of(indicator)] = indicator
        listed.units[place_of(indicator)] = own
    return listed


def place_of(indicator: Indicator) -> Place:
    assert indicator.task is not None
    return indicator.task.code, full_width(indicator.name)


def _key(each: SubItem) -> Key:
    return place_of(each.indicator), each.unit.name, fold(each.name)


def _key_of_line(line: Line) -> Key:
    place = line.text("code"), full_width(line.text("what"))
    return place, line.text("unit"), fold(line.text("name"))


def _values(each: SubItem) -> dict[str, Value]:
    code, what = place_of(each.indicator)
    return {
        "code": code,
        "what": what,
        "unit": each.unit.name,
        "name": each.name,
        "stage": SubItemStage(each.stage).label,
        "started_on": each.started_on,
        "finished_on": each.finished_on,
        "invested": each.invested,
        "note": each.note,
    }


def _choice(place: Place, listed: Listed) -> dict[str, Value]:
    return {
        "code": place[0],
        "what": place[1],
        "measure": listed.indicators[place].unit_of_measure,
        "units": "、".join(listed.units[place]),
    }


def _put(
    line: Line,
    listed: Listed,
    known: dict[Key, SubItem],
    actor: Actor,
    now: datetime,
) -> Put:
    said = fold(line.values["code"]), fold(line.values["what"])
    place = next((each for each in listed.indicators if tuple(map(fold, each)) == said), None)
    if place is None:
        raise BadRow({"what": "没有这个编号和指标，或不由本单位维护，请照“可填指标”填写。"})
    wanted = fold(line.values["unit"])
    unit = next((each for name, each in listed.units[place].items() if fold(name) == wanted), None)
    if unit is None:
        listed_units = "、".join(listed.units[place])
        raise BadRow({"unit": f"实施单位只能是：{listed_units}。"})
    there = known.get((place, unit.name, fold(line.values["name"])))
    now_there = _values(there) if there is not None else {}
    changed = [key for key in STATE if meant(line, key) != spelled(now_there.get(key))]
    label = f"{unit} {line.values['name']}"
    if there is not None and not changed:
        return Put(SAME, label)
    values = _cleaned(line, now)
    if there is not None:  # it keeps its own spelling
        values["name"] = there.name
    kept = _save(there, listed.indicators[place], unit, values, actor, now)
    known[place, unit.name, fold(kept.name)] = kept
    return Put(NEW if there is None else CHANGED, label, in_words(line, now_there, changed))


def _cleaned(line: Line, now: datetime) -> dict[str, Any]:
    """The values as the form of the page takes them. Raises `BadRow`."""
    data = {"name": line.text("name")} | {key: line.values[key] for key in STATE}
    form = SubItemForm(data, today=now.date())
    if not form.is_valid():
        raise BadRow({key: str(said[0]) for key, said in form.errors.items()})
    return dict(form.cleaned_data)


def _save(
    there: SubItem | None,
    indicator: Indicator,
    unit: Unit,
    values: dict[str, Any],
    actor: Actor,
    now: datetime,
) -> SubItem:
    try:
        if there is not None:
            return sub_items.change(sub_item=there, actor=actor, now=now, **values)
        return sub_items.create(indicator=indicator, unit=unit, actor=actor, now=now, **values)
    except (NotNow, Refused) as problem:
        raise BadRow({"name": str(problem)}) from None
