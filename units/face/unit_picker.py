"""Choosing a unit by what people call it: name, alias, a part of either, or the initials of its
pinyin. One line with the browser's own list, which needs no script; what is typed is understood on
the server, and a name that means several units says which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from huangshi_tasks.lib.fold import fold
from huangshi_tasks.lib.text import full_width
from units.face.fields import UnitChoiceField
from units.models import Unit
from units.models.units import UnitQuerySet

SHORTEST = 2  # characters by which a part of a name is looked for
NAMED = 4  # of several units that are meant, so many are named
_LATIN = re.compile("[a-z]+")


def units_meant(units: UnitQuerySet, words: str) -> list[Unit]:
    """The one unit that `words` call; else those with the words in a name, or as initials."""
    if (exact := units.called(words)) is not None:
        return [exact]
    wanted = fold(words)
    if len(wanted) < SHORTEST:
        return []
    found: dict[int, Unit] = {}
    for unit in units.prefetch_related("aliases"):
        names = [fold(each) for each in (unit.name, *(a.name for a in unit.aliases.all()))]
        is_initials = _LATIN.fullmatch(wanted) is not None and wanted in unit.pinyin.lower()
        if is_initials or any(wanted in name for name in names):
            found[unit.pk] = unit
    return list(found.values())


def several(words: str, units: Iterable[Unit]) -> str:
    """The sentence that asks which of them is meant."""
    names = [full_width(unit.name) for unit in units]
    more = f"等{len(names)}个单位" if len(names) > NAMED else ""
    return f"“{words}”可能是{'、'.join(names[:NAMED])}{more}，请写全称。"


class UnitPicker(forms.TextInput):
    """The line and its list; `units` is set by the field."""

    units: UnitQuerySet

    def format_value(self, value: Any) -> str | None:
        """The name of a unit given by its id; what was typed stays."""
        if isinstance(value, Unit):
            return full_width(value.name)
        given = str(value or "")
        if not given.isascii() or not given.isdecimal() or len(given) > 12:
            return given
        unit = self.units.filter(pk=int(given)).first()
        return full_width(unit.name) if unit is not None else given

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The line, then what it may be: each unit with its aliases and initials."""
        listed = f"{(attrs or {}).get('id', name)}-units"
        line = super().render(name, value, {**(attrs or {}), "list": listed}, renderer)
        rows = (
            (full_width(unit.name), " ".join([*(a.name for a in unit.aliases.all()), unit.pinyin]))
            for unit in self.units.prefetch_related("aliases")
        )
        options = format_html_join("", '<option value="{}">{}</option>', rows)
        return format_html('{}<datalist id="{}">{}</datalist>', line, listed, options)


class UnitPickField(UnitChoiceField):
    """One of `queryset`, by name, alias, a part of them, initials, or its id."""

    widget = UnitPicker

    def __init__(self, queryset: UnitQuerySet, **options: Any) -> None:
        options.setdefault("help_text", "写名称、简称或拼音首字母，从列出的单位中选")
        super().__init__(queryset, **options)
        self.widget.attrs.update({"autocomplete": "off", "maxlength": 60})
        self.widget.units = queryset

    def to_python(self, value: Any) -> Unit | None:
        given = str(value or "").strip()
        if isinstance(value, Unit) or not given or (given.isascii() and given.isdecimal()):
            found: Unit | None = super().to_python(value)
            return found
        meant = units_meant(self.queryset, given[:60])  # type: ignore[arg-type]
        if len(meant) > 1:
            raise forms.ValidationError(several(given, meant))
        if not meant:
            raise forms.ValidationError(f"没有找到单位“{given[:20]}”，请从列出的单位中选择。")
        return meant[0]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Asked by forms that are compared with what they began with."""
        return str(initial or "") != str(data or "")
