"""The editor of an item: every field of `tasks.desk.correcting.FIELDS`, and what of it is said."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms

from huangshi_tasks.lib import text as chinese
from tasks.commitments.promised import Promised, read_from
from tasks.desk import changes as said
from tasks.desk.changes import Change
from tasks.desk.content import Content
from tasks.desk.correcting import DeskItem
from tasks.desk.editing.names import as_typed, names_in
from tasks.desk.editing.number_rows import (
    MOST_ROWS,
    SPARE_ROWS,
    NumberRow,
    row_shown,
    rows_shown,
)
from tasks.desk.editing.part_rows import (
    PartRow,
    due_day,
    part_shown,
    parts_shown,
    rows_of,
    units_in,
)
from tasks.desk.stored import ROLES, as_row, placed, shown_names
from tasks.models import Cycle, Tracking
from tasks.reader.parsed import UNKNOWN
from units.face.fields import line_field

TEXT_LENGTH, SHORT_LENGTH, LEADER_LENGTH, TITLE_LENGTH = 4000, 16, 60, 200
DEADLINE_LENGTH, MOST_NUMBER = 120, 9999
_CHOICE = {"required": "请选择。", "invalid_choice": "请从列出的选项中选择。"}


class ItemForm(forms.Form):
    """`base` is what the fields showed: what stands as it was shown is not said again."""

    text = line_field(
        "事项原文", TEXT_LENGTH, "请填写事项内容；不是事项的，点“不是事项”。", rows=3, is_cut=False
    )
    number = forms.IntegerField(
        label="编号",
        min_value=1,
        max_value=MOST_NUMBER,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "请填写编号。",
            "invalid": "编号请填写整数，如17。",
            "min_value": "编号须大于0。",
            "max_value": "编号不超过9999。",
        },
    )
    place = forms.ChoiceField(label="方面 / 小标题", required=False, error_messages=_CHOICE)
    new_area = line_field("新方面的标题", TITLE_LENGTH, required=False)
    new_theme = line_field("新小标题", TITLE_LENGTH, required=False)
    tracking = forms.ChoiceField(label="事项性质", choices=Tracking, error_messages=_CHOICE)
    cycle = forms.ChoiceField(label="报送频次", choices=Cycle, error_messages=_CHOICE)
    deadline_text = line_field("时限（原文）", DEADLINE_LENGTH, required=False)
    deadline = line_field(
        "时限",
        20,
        required=False,
        attrs={"autocomplete": "off", "placeholder": "不填为12月31日"},
    )
    lead = forms.CharField(label="牵头单位（第一位为汇总牵头）", required=False, max_length=2000)
    responsible = forms.CharField(label="责任单位", required=False, max_length=2000)
    support = forms.CharField(label="配合单位", required=False, max_length=4000)
    leaders = forms.CharField(label="责任领导（原文所列）", required=False, max_length=1000)
    short_title = line_field("短名（列表用，不超过16字）", SHORT_LENGTH, "请填写短名，不超过16字。")
    aside = line_field("暂缓原因（填写后此项暂缓）", 100, required=False)

    def __init__(self, data: Any = None, *, each: DeskItem, content: Content) -> None:
        self.each, self.content = each, content
        self.shown = shown_of(each)
        super().__init__(data, initial=self.shown)
        for name in (*ROLES, "leaders"):
            self.fields[name].widget = forms.Textarea({"rows": 2, "data-units": name})
        place = self.fields["place"]
        assert isinstance(place, forms.ChoiceField)
        place.choices = list(_places(content))
        self.rows = list(self._rows(data))
        year = content.reading.head.year
        self.has_parts_sent = data is not None and "parts" in data
        sent = data if self.has_parts_sent else None
        self.parts = list(rows_of(each, content.directory, year, sent))
        self.resolved: dict[str, list[str]] = {}

    def _rows(self, data: Any) -> Iterator[NumberRow]:
        was = self.each.item.indicators
        count = len(was) + SPARE_ROWS
        if data is not None:
            sent = str(data.get("rows", ""))
            count = min(int(sent), MOST_ROWS) if sent.isdecimal() else count
        for at in range(count):
            old = was[at] if at < len(was) else None
            initial = row_shown(old) if old is not None else None
            yield NumberRow(data, was=old, initial=initial, prefix=f"n{at}")

    @property
    def promised(self) -> list[Promised]:
        """What the sentence commits to; what no number measures is for the 办理方案."""
        item = self.each.item
        return read_from(item.text, item.indicators, item.tracking)

    @property
    def has_responsible(self) -> bool:
        """Key tasks have no third role, unless the notice gave them one."""
        item = self.each.item
        named = (*item.designations, *(one for part in item.sub_items for one in part.designations))
        is_named = any(one.role == "responsible" for one in named)
        return is_named or item.kind == "practical_project"

    @property
    def base(self) -> str:
        """For the hidden field."""
        return _base(self.each)

    def is_valid(self) -> bool:
        """All rows are looked at, so that all mistakes are told at once."""
        parts = self.parts if self.has_parts_sent else []
        return all([super().is_valid(), *(row.is_valid() for row in (*self.rows, *parts))])

    def point_out(self) -> None:
        """The browser shows the first field that is wrong, or else the text, without a script."""
        fields = [*self, *(field for row in (*self.rows, *self.parts) for field in row)]
        first = next((each for each in fields if each.errors), self["text"])
        first.field.widget.attrs["autofocus"] = True

    # what was typed

    def clean_text(self) -> str:
        return "".join(str(self.cleaned_data["text"]).splitlines())

    def clean_lead(self) -> str:
        return self._units("lead")

    def clean_responsible(self) -> str:
        return self._units("responsible")

    def clean_support(self) -> str:
        return self._units("support")

    def _units(self, role: str) -> str:
        """What the item named already may stay unknown."""
        named = self.each.item.designations
        may_stay = {one.printed_name for one in named if one.target == UNKNOWN}
        clean = units_in(self.cleaned_data[role], self.content.directory, may_stay)
        self.resolved[role] = clean
        return as_typed(clean)

    def clean_deadline(self) -> date | None:
        return due_day(self.cleaned_data["deadline"], self.content.reading.head.year)

    def clean_leaders(self) -> str:
        typed = names_in(self.cleaned_data["leaders"])
        if any(len(each) > LEADER_LENGTH for each in typed):
            raise forms.ValidationError("每位责任领导不超过60字，请用顿号分开。")
        return as_typed(typed)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        roles = [self.resolved.get(role, []) for role in ROLES]
        named = [name for mine in roles for name in mine]
        for name in sorted({name for name in named if named.count(name) > 1}):
            self.add_error("support", f"“{name}”列在两处，请只保留一处。")
        for row in self.rows:
            self._reporting(row, roles[0] + roles[1])
        return cleaned

    def _reporting(self, row: NumberRow, leads: list[str]) -> None:
        typed = str(row["reporting"].value() or "").strip()
        if row.is_blank or not typed or (row.was and typed == row.was.reporting):
            return  # who led before is read as the first of those that lead now
        if typed not in leads and row.is_valid():
            row.add_error("reporting", "填报单位须是本项的牵头或责任单位。")

    # what is said

    def said(self, base: Mapping[str, Any]) -> list[Change]:
        """Only what is not as it was shown."""
        cleaned = self.cleaned_data
        changes = []
        for name in ("text", "number", "tracking", "cycle", "deadline_text", "short_title"):
            if str(cleaned[name]) != str(base.get(name, "")):
                changes.append(self._field(name, cleaned[name]))
        if _day(cleaned["deadline"]) != base.get("deadline", ""):
            changes.append(self._field("deadline", _day(cleaned["deadline"])))
        for name in (*ROLES, "leaders"):
            if cleaned[name] != base.get(name, ""):
                changes.append(self._field(name, names_in(cleaned[name])))
        if cleaned["aside"] != base.get("aside", ""):
            changes.append(Change(said.ASIDE, self.each.key, cleaned["aside"]))
        changes.extend(self._moved(base))
        if self.typed_rows() != base.get("rows"):
            kept = [row.parsed for row in self.rows if not row.is_blank]
            text = cleaned["text"]
            changes.append(self._field("indicators", [as_row(placed(one, text)) for one in kept]))
        if self.typed_parts() != base.get("parts", parts_shown(self.each)):
            changes.append(self._field("sub_items", self.typed_parts()))
        return changes

    def _field(self, name: str, value: Any) -> Change:
        return Change(said.FIELD, f"{self.each.key}:{name}", value)

    def _moved(self, base: Mapping[str, Any]) -> Iterator[Change]:
        cleaned = self.cleaned_data
        area, _, theme = cleaned["place"].partition("|")
        ordinal = int(area) if area else None
        if cleaned["new_area"]:
            ordinal = max((each.ordinal for each in self.content.areas), default=0) + 1
            theme = ""
            yield Change(said.TITLE, str(ordinal), cleaned["new_area"])
        elif cleaned["place"] == base.get("place", "") and not cleaned["new_theme"]:
            return
        yield self._field("area", ordinal)
        yield self._field("theme", cleaned["new_theme"] or theme or None)

    def typed_rows(self) -> list[list[str]]:
        """The numbers, as they are compared."""
        return [row.row() for row in self.rows if not row.is_blank]

    def typed_parts(self) -> list[dict[str, Any]]:
        """The 分项, as they are stored; as they stand where the page sent none."""
        if not self.has_parts_sent:
            return parts_shown(self.each)
        return [row.row() for row in self.parts if not row.is_blank]

    def renewed(self, after: DeskItem) -> dict[str, Any]:
        """What the open page does not show as it stands `after` this was stored: `fields` that
        followed from the words, all `rows` of numbers and all `parts` or None, and `base` of the
        next time.
        """
        shown, numbers, parts = shown_of(after), rows_shown(after), parts_shown(after)
        typed = {
            name: _day(value) if name == "deadline" else str(value)
            for name, value in self.cleaned_data.items()
        }
        on_page = [_listed(row) for row in self.rows]
        listed = [_listed(row) for row in self.parts if self.has_parts_sent]
        return {
            "fields": {name: now for name, now in shown.items() if now != typed[name]},
            "rows": None
            if _is_shown(on_page, numbers)
            else [row_shown(one) for one in after.item.indicators],
            "parts": None
            if not self.has_parts_sent or _is_shown(listed, parts)
            else [part_shown(one) for one in after.item.sub_items],
            "base": _base(after),
        }


def _listed(row: NumberRow | PartRow) -> Any:
    """A row of the page: None of an empty one, False of one that is ticked to go."""
    if row.is_blank:
        return None if not row["is_removed"].value() else False
    return row.row()


def _is_shown(on_page: list[Any], now: list[Any]) -> bool:
    """Whether the page shows these rows, and an empty one behind them."""
    spare = on_page[len(now) :]
    return on_page[: len(now)] == now and spare != [] and all(row is None for row in spare)


def _base(each: DeskItem) -> str:
    shown = {**shown_of(each), "rows": rows_shown(each), "parts": parts_shown(each)}
    return json.dumps(shown, ensure_ascii=False)


def shown_of(each: DeskItem) -> dict[str, str]:
    """The fields as they are shown."""
    item = each.item
    by_role = {role: as_typed(shown_names(item.designations, role)) for role in ROLES}
    return {
        "text": item.text,
        "number": str(item.number),
        "place": place_value(item.area, item.theme or ""),
        "tracking": item.tracking,
        "cycle": item.cycle,
        "deadline_text": item.deadline_text,
        "deadline": _day(item.deadline),
        **by_role,
        "leaders": as_typed(item.leaders),
        "short_title": item.short_title,
        "aside": each.aside,
    }


def place_value(area: int | None, theme: str) -> str:
    return "" if area is None else f"{area}|{theme}"


def place_words(value: str, content: Content) -> str:
    """What the choice of a 方面 / 小标题 says."""
    return dict(_places(content)).get(value, value)


def _places(content: Content) -> Iterator[tuple[str, str]]:
    yield "", "不在任何方面之下"
    for area in content.areas:
        title = chinese.full_width(area.title)
        yield place_value(area.ordinal, ""), title
        for theme in area.themes:
            yield place_value(area.ordinal, theme), f"{title} / {chinese.full_width(theme)}"


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def base_of(sent: str, each: DeskItem) -> Mapping[str, Any]:
    """What the page showed, as it comes back; a page that sends none showed what stands now."""
    try:
        read = json.loads(sent)
    except ValueError:
        read = None
    if isinstance(read, dict):
        return read
    return {**shown_of(each), "rows": rows_shown(each), "parts": parts_shown(each)}
