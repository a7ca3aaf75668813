"""The steps of 首次启用: which are done, and where to go on."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from units.city.names import city
from units.first_run.entering import has_people
from units.models import City, Unit, UnitGroup

PLACE, UNITS, GROUPS, PEOPLE, NOTICE = "place", "units", "groups", "people", "notice"
ORDER = (PLACE, UNITS, GROUPS, PEOPLE, NOTICE)


@dataclass(frozen=True)
class Step:
    """One line at the left of the pages."""

    key: str
    number: int
    title: str
    about: str
    is_done: bool
    is_here: bool

    @property
    def url(self) -> str:
        return reverse("units:first_run_step", args=[self.key])


def steps(here: str = "") -> list[Step]:
    """All five, in order; four queries."""
    names = city()
    units, groups = Unit.objects.count(), UnitGroup.objects.count()
    is_named = City.objects.exists()
    people = has_people()
    told = {
        PLACE: ("名称", (names.organisation if is_named else "") or "地名、机关和称谓", is_named),
        UNITS: ("单位", f"{units}个" if units else "粘贴名单，或导入Excel", bool(units)),
        GROUPS: (
            "集合称谓",
            f"{groups}个" if groups else f"各{names.regions}、{names.government}各部门等",
            bool(groups),
        ),
        PEOPLE: (
            "首批账号",
            "已录入" if people else f"{names.bureau}、系统管理员、审计员",
            people,
        ),
        NOTICE: ("年度责任分解", "导入、核对、启用", False),
    }
    return [
        Step(key, number, *told[key], is_here=key == here)
        for number, key in enumerate(ORDER, start=1)
    ]


def next_of(key: str) -> str:
    """The address of the step after `key`."""
    return reverse("units:first_run_step", args=[ORDER[ORDER.index(key) + 1]])


def to_go_on() -> str:
    """The address of the first step that is not done."""
    return next(step.url for step in steps() if not step.is_done)
