"""What an act on a unit comes to, at two points of time, before anybody registers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from huangshi_tasks.lib import text
from progress.unit_list.passing import counted
from units.models import Appointment, Unit

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Look:
    """`before` and `after` the day: what holds then, and what that means. `passing`: word, number,
    how.
    """

    last_day: date
    day: date
    before: str
    before_note: str
    after: str
    after_note: str
    passing: list[tuple[str, int, str]] = field(default_factory=list)


def look_of(unit: Unit, act: str, given: Mapping[str, Any], today: date) -> Look | None:
    """Of a form that is filled in; None of an act that changes nothing over time."""
    if act in ("alias", "edit"):
        return None
    day: date = given["retired_on" if act == "retire" else "starts_on"]
    last = day - ONE_DAY
    until = f"{text.day(last)}及以前的页面、通报、台账照印“{unit.name}”"
    if act == "rename":
        note = "新页面、提醒用新名；旧名自动成为别名，搜索、导入两个都能找到"
        return Look(last, day, unit.name, until, given["name"], note)
    if act == "retire":
        note = "不再出现在可选单位中；已报送的内容和历史不变"
        return Look(last, day, f"{unit.name}在用", until, f"{unit.name}停用", note)
    into = given["into"]
    both = f"{unit.name}、{into.name}各自承担"
    if act == "merge":
        note = f"{unit.name}停用，责任、人员和未办结事项由{into.name}承接"
        passing = list(counted(unit, into, day))
        return Look(last, day, both, until, into.name, note, passing)
    people = Appointment.objects.filter(pk__in=given.get("people", [])).count()
    passing = [
        ("在办责任", len(given.get("tasks", [])), f"由{into.name}接替"),
        ("人员", people, f"任职转到{into.name}，原任职止于前一日"),
    ]
    return Look(last, day, f"{unit.name}承担全部", until, both, "按下表转入", passing)
