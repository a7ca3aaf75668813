"""The form of the first administrator, and the rows of the other steps as they are typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict

from units.city.words import kind_choices
from units.face.fields import day_field, line_field
from units.first_run.entering import Group, Person
from units.first_run.pasted import MOST_LINES, Row, split
from units.models import User
from units.people.admin_forms import NewUserForm
from units.people.forms import RULES

MOST_PEOPLE = 20
# field → label, what is asked when it is missing, hint
WORDS = {
    "username": ("账号", "请填写账号。", "登录时使用，字母和数字"),
    "display_name": ("姓名", "请填写姓名。", ""),
    "telephone": ("联系电话", "", "手机号，用于接收短信"),
    "password1": ("密码", "请填写密码。", ""),
    "password2": ("再次填写密码", "请再次填写密码。", ""),
}


class FirstAdminForm(NewUserForm):
    """The key, and who becomes the first 系统管理员."""

    key = line_field("启用码", 40, "请输入启用码。", hint="打印在服务器上，共20个字母和数字")

    class Meta:
        model = User
        fields = ["username", "display_name", "telephone"]

    field_order = ["key", "display_name", "username", "telephone", "password1", "password2"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.pop("autofocus", None)  # the key comes first
        self.fields["key"].widget.attrs["autofocus"] = True
        for name, (label, ask, hint) in WORDS.items():
            field = self.fields[name]
            field.label, field.help_text = label, hint
            if ask:
                field.error_messages["required"] = ask
        self.fields["password1"].help_text = RULES.format(least=settings.PASSWORD_LENGTH)


class StartForm(forms.Form):
    """From which day members of collective designations are members."""

    starts_on = day_field("自哪天起")


def typed_units(data: QueryDict, before: list[Row]) -> list[Row]:
    """The rows as they were typed; those without a name are left out. `before`: the rows that the
    page showed, for the lines they came from.
    """
    kinds, found = dict(kind_choices()), []
    for place in range(_count(data, MOST_LINES)):
        name = data.get(f"name-{place}", "").strip()
        if not name:
            continue
        kind = data.get(f"kind-{place}", "")
        was = before[place] if place < len(before) else None
        is_same = was is not None and was.name == name
        found.append(
            Row(
                line=was.line if was is not None else place + 1,
                name=name,
                kind=kind if kind in kinds else next(iter(kinds)),
                aliases=tuple(split(data.get(f"aliases-{place}", ""))),
                rank_group=data.get(f"rank-{place}", "").strip()[:20],
                notes=was.notes if was is not None and is_same and was.kind == kind else (),
            )
        )
    return found


def typed_groups(data: QueryDict, proposed: list[Group]) -> list[Group]:
    """What was proposed, as it was corrected."""
    found = []
    for place, each in enumerate(proposed):
        members = {int(pk) for pk in data.getlist(f"member-{place}") if pk.isdecimal()}
        found.append(
            replace(
                each,
                name=data.get(f"name-{place}", "").strip(),
                chosen=f"chosen-{place}" in data,
                members=tuple(pk for pk in each.members if pk in members),
            )
        )
    return found


def typed_people(data: QueryDict, rows: list[Person]) -> list[Person]:
    """The rows as they were typed."""
    return [
        replace(
            row,
            name=data.get(f"name-{place}", "").strip(),
            telephone=data.get(f"telephone-{place}", "").strip(),
            username=data.get(f"username-{place}", "").strip(),
        )
        for place, row in enumerate(rows)
    ]


def group_of(kept: Mapping[str, Any]) -> Group:
    """What `asdict` made of a group."""
    return Group(**{**kept, "members": tuple(kept["members"])})


def first_of_year(today: date) -> date:
    """From when members are members, unless somebody says otherwise: notices of January count."""
    return date(today.year, 1, 1)


def _count(data: QueryDict, most: int) -> int:
    text = data.get("count", "")
    return min(int(text), most) if text.isdecimal() and len(text) < 6 else 0
