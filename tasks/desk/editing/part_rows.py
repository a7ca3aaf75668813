"""The 分项 of an item in its editor, a row each."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django import forms

from huangshi_tasks.lib.days import day_of
from tasks.desk.correcting import DeskItem
from tasks.desk.editing import names
from tasks.desk.editing.names import NOT_FOUND, names_in
from tasks.desk.stored import ROLES, as_part
from tasks.reader.directory import Directory
from tasks.reader.parsed import UNKNOWN, ParsedSubItem
from units.face.fields import FIRST_DAY, LAST_DAY, line_field

NUMBER_LENGTH, TEXT_LENGTH, DEADLINE_LENGTH, UNITS_LENGTH = 20, 4000, 120, 1000
SPARE_ROWS = 1  # empty rows below the parts of an item
MOST_ROWS = 60
LISTS = (*ROLES, "leaders")
NOT_A_DAY = "请按“2023-06-30”或“6月30日”的格式填写时限。"
NO_TEXT = "请填写分项内容；不要这一行的，勾选“删除”。"


class PartRow(forms.Form):
    """One 分项. Names stand beside each other, parted by 、."""

    number = line_field("编号", NUMBER_LENGTH, required=False)
    text = line_field("分项内容", TEXT_LENGTH, required=False, rows=2, is_cut=False)
    lead = forms.CharField(label="牵头单位", required=False, max_length=UNITS_LENGTH)
    responsible = forms.CharField(label="责任单位", required=False, max_length=UNITS_LENGTH)
    support = forms.CharField(label="配合单位", required=False, max_length=UNITS_LENGTH)
    leaders = forms.CharField(label="责任领导", required=False, max_length=UNITS_LENGTH)
    deadline_text = line_field("时限（原文）", DEADLINE_LENGTH, required=False)
    deadline = line_field("时限", 20, required=False)
    is_removed = forms.BooleanField(label="删除", required=False)

    def __init__(
        self, *args: Any, known: Directory, may_stay: Collection[str], year: int | None, **more: Any
    ) -> None:
        """`may_stay`: names that nobody knows, and that the parts had already."""
        super().__init__(*args, **more)
        self.known, self.may_stay, self.year = known, may_stay, year
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"分项的{field.label}"
        for name in ("deadline", "deadline_text"):
            self.fields[name].widget.attrs["placeholder"] = str(self.fields[name].label)

    @property
    def is_blank(self) -> bool:
        typed = (name for name in self.fields if name != "is_removed")
        is_empty = not any(str(self[name].value() or "").strip() for name in typed)
        return self.is_bound and (is_empty or bool(self["is_removed"].value()))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.is_blank:
            self.errors.clear()
            return cleaned
        if not cleaned.get("text"):
            self.add_error("text", NO_TEXT)
        for role in ROLES:
            try:
                cleaned[role] = units_in(cleaned.get(role, ""), self.known, self.may_stay)
            except forms.ValidationError as problem:
                self.add_error(role, problem)
        try:
            cleaned["deadline"] = due_day(cleaned.get("deadline", ""), self.year)
        except forms.ValidationError as problem:
            self.add_error("deadline", problem)
        return cleaned

    def row(self) -> dict[str, Any]:
        """As a correction stores it, of a clean form."""
        cleaned = self.cleaned_data
        day = cleaned["deadline"]
        return {
            "number": cleaned["number"],
            "text": "".join(cleaned["text"].splitlines()),
            **{role: cleaned[role] for role in ROLES},
            "leaders": names_in(cleaned["leaders"]),
            "deadline_text": cleaned["deadline_text"],
            "deadline": day.isoformat() if day else "",
        }


def rows_of(each: DeskItem, known: Directory, year: int | None, data: Any) -> Iterator[PartRow]:
    """A form per part and one to spare; of what was sent (None: nothing) as many as there were."""
    was = each.item.sub_items
    may_stay = {
        one.printed_name for part in was for one in part.designations if one.target == UNKNOWN
    }
    count = len(was) + SPARE_ROWS
    if data is not None:
        sent = str(data.get("parts", ""))
        count = min(int(sent), MOST_ROWS) if sent.isdecimal() else 0
    for at in range(count):
        initial = part_shown(was[at]) if at < len(was) else None
        yield PartRow(
            data, known=known, may_stay=may_stay, year=year, initial=initial, prefix=f"p{at}"
        )


def part_shown(part: ParsedSubItem) -> dict[str, str]:
    """The fields of a row as they are shown."""
    row = as_part(part)
    return {**row, **{name: "、".join(row[name]) for name in LISTS}}


def parts_shown(each: DeskItem) -> list[dict[str, Any]]:
    return [as_part(part) for part in each.item.sub_items]


def units_in(typed: str, known: Directory, may_stay: Collection[str]) -> list[str]:
    """Names as the directory knows them, each once; what stood there already may stay unknown."""
    clean, unknown = [], []
    for each in names_in(typed):
        found = names.found(each, known)
        if found is None and each not in may_stay:
            unknown.append(each)
        clean.append(found.name if found is not None else each)
    if unknown:
        raise forms.ValidationError([NOT_FOUND.format(each) for each in unknown])
    return list(dict.fromkeys(clean))


def due_day(typed: str, year: int | None) -> date | None:
    """6月30日 is one of the year of the notice."""
    if not typed:
        return None
    day = day_of(typed, year)
    if day is None or not FIRST_DAY <= day <= LAST_DAY:
        raise forms.ValidationError(NOT_A_DAY)
    return day
