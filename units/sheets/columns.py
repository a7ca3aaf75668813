"""What a sheet is made of: columns with the form field that cleans them. Knows no business."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from huangshi_tasks.lib.fold import fold

Value = str | int | float | Decimal | date | None


@dataclass(frozen=True)
class Column:
    """One column. `field` None: shown and not read. `hint` says what is accepted.

    `words` are what may be chosen, by the value they stand for.
    """

    key: str
    title: str
    width: float = 16
    field: forms.Field | None = None
    hint: str = ""
    words: Mapping[str, str] = attribute(default_factory=dict)
    is_hidden: bool = False
    kind: str = "text"  # text, number, date: the validation that Excel itself is told

    @property
    def is_input(self) -> bool:
        return self.field is not None

    @property
    def heading(self) -> str:
        """The head as printed: what must be filled is starred."""
        return f"{self.title}*" if self.field is not None and self.field.required else self.title

    def typed(self, text: str) -> Any:
        """The value that `text` means. Raises ValidationError."""
        if self.field is None:
            return text
        if self.words:
            text = self.words_back.get(fold(text), text)
        return self.field.clean(text)

    @property
    def words_back(self) -> dict[str, str]:
        """Word, folded → the value that it stands for."""
        return {fold(word): value for value, word in self.words.items()}


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
    return fold(head).rstrip("*")


YES, NO = "是", "否"
YES_NO = {"true": YES, "false": NO}


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


def day_field(*, is_required: bool = False, label: str = "日期") -> forms.DateField:
    return forms.DateField(
        required=is_required,
        input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"],
        error_messages={
            "required": f"请填写{label}。",
            "invalid": "请按“2022-08-05”的格式填写日期。",
        },
    )
