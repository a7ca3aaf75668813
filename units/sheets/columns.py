"""What a sheet is made of: columns with the form field that cleans them. Knows no business."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django import forms

from huangshi_tasks.lib.days import NOT_A_DAY, day_of
from huangshi_tasks.lib.fold import fold
from units.face.day_field import DayField
from units.face.number_field import NumberField

Value = str | int | float | Decimal | date | None


class Shown(Protocol):
    """A cell beside the one that is read."""

    @property
    def text(self) -> str: ...


@dataclass(frozen=True)
class Column:
    """One column. `field` None: shown and not read. `hint` says what is accepted.

    `words` are what may be chosen, by the value they stand for; `also` what people write instead,
    with the word that it means. `unit_in`: the column that names the unit of a figure.
    """

    key: str
    title: str
    width: float = 16
    field: forms.Field | None = None
    hint: str = ""
    words: Mapping[str, str] = attribute(default_factory=dict)
    also: Mapping[str, str] = attribute(default_factory=dict)
    unit_in: str = ""
    is_hidden: bool = False
    kind: str = "text"  # text, number, date: the validation that Excel itself is told

    @property
    def is_input(self) -> bool:
        return self.field is not None

    @property
    def heading(self) -> str:
        """The head as printed: what must be filled is starred."""
        star = "*" if self.field is not None and self.field.required else ""
        return f"{self.title}{star}"

    def typed(self, text: str, year: int | None, beside: Mapping[str, Shown]) -> Any:
        """The value that `text` means, in a row that shows `beside`; `year` is that of days written
        without one. Raises ValidationError.
        """
        if self.field is None:
            return text
        if isinstance(self.field, NumberField) and self.unit_in:
            return self.field.clean(text, beside[self.unit_in].text)
        return self.field.clean(self.posted(text, year))

    def posted(self, text: str, year: int | None) -> str:
        """`text` as a form posts it: the value behind a word, a day as 2022-08-05."""
        if self.kind == "date":
            day = day_of(text, year)
            return day.isoformat() if day is not None else text
        word = text.replace("\ufe0f", "")  # behind a tick that a phone made an emoji of
        word = fold(self.also.get(word, word))
        return next((value for value, each in self.words.items() if fold(each) == word), text)


@dataclass(frozen=True)
class Table:
    """One sheet with a head row. `about` stands above it, for people."""

    name: str
    title: str
    columns: Sequence[Column]
    about: Sequence[str] = ()

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)

    @property
    def first(self) -> str:
        """The key of the column at which a whole row is blamed."""
        return next(column.key for column in self.columns if not column.is_hidden)


def plain(head: str) -> str:
    """A head for comparing: folded, without the star of what must be filled."""
    return fold(str(head)).rstrip("*")


YES, NO = "是", "否"
TICKS, CROSSES = "√✓✔☑", "×✗✘☒"
FLAG = {"true": YES, "false": NO}
FLAG_ALSO = {**dict.fromkeys(TICKS, YES), **dict.fromkeys(CROSSES, NO)}
FLAG_HINT = "是的填“是”，不是的留空。"


def flag_column(key: str, title: str, width: float = 10) -> Column:
    """是 or nothing; cleans to a bool."""
    field = forms.TypedChoiceField(
        choices=[("", ""), *FLAG.items()],
        coerce=lambda value: value == "true",
        required=False,
        error_messages={"invalid_choice": FLAG_HINT},
    )
    return Column(key, title, width, field, FLAG_HINT, FLAG, FLAG_ALSO)


def text_field(length: int, *, is_required: bool = False, label: str = "") -> forms.CharField:
    return forms.CharField(
        max_length=length,
        required=is_required,
        error_messages={
            "required": f"请填写{label}。",
            "max_length": f"不超过{length}字，现在%(show_value)d字，请删减。",
        },
    )


def choice_field(words: Mapping[str, str], *, is_required: bool = False) -> forms.ChoiceField:
    """Cleans to the value behind a word."""
    blank = [] if is_required else [("", "")]
    listed = "、".join(words.values())
    wrong = f"请从下列各项中选择：{listed}。"
    return forms.ChoiceField(
        choices=[*blank, *words.items()],
        required=is_required,
        error_messages={"invalid_choice": wrong, "required": wrong},
    )


def day_field(*, is_required: bool = False, label: str = "日期") -> DayField:
    return DayField(
        required=is_required,
        error_messages={
            "required": f"请填写{label}。",
            "invalid": NOT_A_DAY,
        },
    )
