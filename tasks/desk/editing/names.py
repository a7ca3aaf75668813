"""Names of units as they are typed, one a line or parted by 、 outside of brackets; and a printed
name that comes into the directory: as another name of a unit or collective designation, as a new
unit, as a new collective designation. 撤销 takes the other name out again; a unit or designation
that came in stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Max

from tasks.desk import changes as said
from tasks.desk.changes import Change
from tasks.models import DraftAct
from tasks.reader.decisions import NAME
from tasks.reader.directory import Directory
from tasks.reader.parsed import GROUP, UNIT
from units import log
from units.actors import Actor
from units.directory import initials
from units.models import Unit, UnitGroup
from units.people.unit_names import add_other_name, drop_other_name, is_taken

ALIAS_LENGTH = 60
NOT_FOUND = "单位名录中没有“{}”，请从候选中选择；新的单位请在“单位未识别”处新增。"
_WHY = "核对责任分解时采用"
_PARTED = re.compile(r"[\r\n；;，,、]+(?![^（(\[]*[）)\]])")


def names_in(typed: str) -> list[str]:
    """Each name once, in the order in which they stand."""
    parts = (each.strip() for each in _PARTED.split(typed))
    return list(dict.fromkeys(each for each in parts if each))


def as_typed(names: Sequence[str]) -> str:
    """The same for a field."""
    return "\n".join(names)


def adopt(*, printed: str, of: Unit | UnitGroup, actor: Actor, now: datetime) -> list[Change]:
    """`printed` means this one here, and in every notice to come."""
    changes = [Change(NAME, printed, of.name)]
    if len(printed) <= ALIAS_LENGTH and not is_taken(printed):
        add_other_name(of=of, name=printed, why=_WHY, actor=actor, now=now)
        changes.append(Change(said.ALIAS, printed, "unit" if isinstance(of, Unit) else "group"))
    return changes


def new_unit(*, printed: str, name: str, kind: str, actor: Actor, now: datetime) -> list[Change]:
    """新增单位, at the end of the list."""
    last = Unit.objects.aggregate(last=Max("ordinal"))["last"] or 0
    unit = Unit.objects.create(name=name, kind=kind, ordinal=last + 1, pinyin=initials(name))
    _log("unit.add", "新增单位", unit, actor, now)
    return adopt(printed=printed, of=unit, actor=actor, now=now)


def new_group(*, printed: str, name: str, mode: str, actor: Actor, now: datetime) -> list[Change]:
    """A new 集合称谓; its members are entered on its own page."""
    last = UnitGroup.objects.aggregate(last=Max("ordinal"))["last"] or 0
    group = UnitGroup.objects.create(name=name, mode=mode, ordinal=last + 1)
    _log("unitgroup.add", "新增集合称谓", group, actor, now)
    return adopt(printed=printed, of=group, actor=actor, now=now)


def take_back(acts: Iterable[DraftAct], *, actor: Actor, now: datetime) -> None:
    """What came into the directory as another name with these acts leaves it."""
    for change in (each for act in acts for each in said.from_json(act.changes)):
        if change.about == said.ALIAS:
            is_group = change.value == "group"
            drop_other_name(name=change.key, is_group=is_group, actor=actor, now=now)


def _log(action: str, words: str, made: Unit | UnitGroup, actor: Actor, now: datetime) -> None:
    log.record(
        actor=actor,
        action=action,
        subject=made,
        summary=f"核对责任分解时{words}：{made.name}",
        changes={"name": made.name},
        now=now,
    )


def found(name: str, known: Directory) -> Unit | UnitGroup | None:
    """The unit or group of this name or other name; of a unit the initials of its name too, where
    they are those of one unit only.
    """
    canonical, target = known.resolve(name)
    if target == GROUP:
        return UnitGroup.objects.filter(name=canonical).first()
    if target == UNIT:
        return Unit.objects.filter(name=canonical).first()
    spelled = list(Unit.objects.filter(pinyin=name.strip().lower())[:2]) if name.strip() else []
    return spelled[0] if len(spelled) == 1 else None
