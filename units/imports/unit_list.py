"""单位, from Excel: new ones, and changes of what is known by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from huangshi_tasks.lib.fold import fold
from units.actors import Actor
from units.city.words import kind_choices, kind_word
from units.imports.saving import save
from units.models import NO_UNIT, Unit, UnitAlias, UnitKind
from units.people.unit_names import NameForm, UnitForm
from units.permissions import Verdict, can_administer
from units.sheets.book import Book
from units.sheets.columns import Column, Table, choice_field, day_field, text_field
from units.sheets.known import NOT_SHOWN
from units.sheets.reading import Line
from units.sheets.results import CHANGED, NEW, SAME, Result
from units.sheets.running import BadRow, Put, run_table
from units.sheets.writing import Filled, Row, write_book

SPARE = 30
DAY = "按“2022-08-05”的格式填写。"
FIELDS = {
    "name": "name",
    "kind": "kind",
    "parent": "parent",
    "rank_group": "rank_group",
    "ordinal": "ordinal",
    "telephone": "telephone",
    "retired_on": "retired_on",
}
ORDINAL = forms.IntegerField(
    required=False,
    min_value=0,
    max_value=9999,
    error_messages={
        "invalid": "请填写0至9999的整数。",
        "min_value": "请填写0至9999的整数。",
        "max_value": "请填写0至9999的整数。",
    },
)


def table() -> Table:
    """The sheet, with the kinds as the place calls them; their plain names are read too."""
    kinds = dict(kind_choices())
    return Table(
        "单位",
        "单位",
        (
            Column(
                "name",
                "单位名称",
                26,
                text_field(60, is_required=True, label="单位名称"),
                "按名称或别名识别，间隔号、空格、全半角不计：已有的修改，没有的新增。更名请在页面上办理。",
            ),
            Column(
                "kind",
                "单位类别",
                20,
                choice_field(kinds, is_required=True),
                f"从下列各项中选择：{'、'.join(kinds.values())}。",
                kinds,
                {str(kind.label): kinds[kind] for kind in UnitKind},
            ),
            Column("parent", "上级单位", 24, text_field(60), "填已有单位的名称，没有的留空。"),
            Column("rank_group", "排名组别", 14, text_field(20), "同组比较；不排名的留空。"),
            Column("ordinal", "排序", 8, ORDINAL, "0至9999的整数。", kind="number"),
            Column("telephone", "值班电话", 18, text_field(40), "不超过40字。"),
            Column(
                "aliases", "别名", 34, text_field(300), "通知中的其他写法，用顿号隔开；只增不减。"
            ),
            Column(
                "retired_on", "停用日期", 14, day_field(), "按“2022-08-05”的格式填写。", kind="date"
            ),
        ),
        ("按单位名称识别：已有的按表修改，没有的新增。单位不删除，撤并的填停用日期。",),
    )


class UnitRowForm(UnitForm):
    class Meta:
        model = Unit
        fields = list(FIELDS)


class AliasForm(NameForm):
    class Meta:
        model = UnitAlias
        fields = ["unit", "name"]


@dataclass(frozen=True)
class UnitSheet:
    """An `Import` (`units.sheets.running`)."""

    kind: str = "units"
    scope: str = ""
    title: str = "单位"
    about: str = "新增单位、修改类别、排名组别、值班电话和别名。更名在“账号和单位”页面办理。"

    def may(self, actor: Actor) -> Verdict:
        return can_administer(actor)

    def template(self, actor: Actor, now: datetime) -> bytes:
        units = Unit.objects.select_related("parent").prefetch_related("aliases")
        rows = [Row(_values(unit)) for unit in units]
        return write_book([Filled(table(), rows, SPARE)])

    def without_telephones(self, actor: Actor, now: datetime) -> bytes:
        units = Unit.objects.select_related("parent").prefetch_related("aliases")
        rows = [Row(_values(unit) | _hidden(unit)) for unit in units]
        return write_book([Filled(table(), rows, SPARE)])

    def run(self, book: Book, actor: Actor, now: datetime) -> Result:
        def put(line: Line) -> Put:
            return put_unit(line.values, actor, now)

        return run_table(
            book,
            table(),
            put,
            "name",
            expected={unit.name: unit.name for unit in Unit.objects.all()},
            key_of=lambda line: line.text("name"),
        )


def _values(unit: Unit) -> dict[str, Any]:
    return {
        "name": unit.name,
        "kind": kind_word(unit.kind),
        "parent": unit.parent.name if unit.parent else None,
        "rank_group": unit.rank_group,
        "ordinal": unit.ordinal,
        "telephone": unit.telephone,
        "aliases": "、".join(alias.name for alias in unit.aliases.all()),
        "retired_on": unit.retired_on,
    }


def _hidden(unit: Unit) -> dict[str, str]:
    return {"telephone": NOT_SHOWN} if unit.telephone else {}


def put_unit(values: dict[str, Any], actor: Actor, now: datetime) -> Put:
    """Add a unit, or change the one that is called so. Raises `BadRow`."""
    unit = Unit.objects.called(values["name"])
    parent = _named(values["parent"])
    if parent is not None and unit is not None and parent.pk == unit.pk:
        raise BadRow({"parent": "上级单位不能是本单位。"})
    data = {**values, "ordinal": values["ordinal"] or 0, "parent": parent.pk if parent else None}
    if unit is not None:  # it keeps its own spelling
        data["name"] = unit.name
    if values["telephone"] == NOT_SHOWN:
        data["telephone"] = unit.telephone if unit is not None else ""
    form = UnitRowForm(data, instance=unit)
    details = save(form, FIELDS, actor=actor, now=now)
    details += _add_aliases(form.instance, values["aliases"], actor, now)
    what = NEW if unit is None else CHANGED if details else SAME
    name = form.instance.name
    written = "" if name == values["name"] else f"（表中写作“{values['name']}”）"
    return Put(what, f"{name}{written}", tuple(details))


def _named(name: str) -> Unit | None:
    """The unit that a cell names. Raises `BadRow`."""
    if not name:
        return None
    unit = Unit.objects.called(name)
    if unit is None:
        raise BadRow({"parent": NO_UNIT.format(name=name)})
    return unit


def _add_aliases(unit: Unit, text: str, actor: Actor, now: datetime) -> list[str]:
    known = {fold(name) for name in (unit.name, *unit.aliases.values_list("name", flat=True))}
    wanted = [part.strip() for part in re.split(r"[、，,;；\n]", text) if part.strip()]
    details = []
    for name in wanted:
        if fold(name) not in known:
            known.add(fold(name))
            form = AliasForm({"unit": unit.pk, "name": name})
            save(form, {"name": "aliases", "unit": "aliases"}, actor=actor, now=now)
            details.append(f"新增别名：{name}")
    return details
