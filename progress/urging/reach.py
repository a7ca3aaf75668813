"""Who a 催办 would reach, and what is left out and why: read before it is sent, and by sending.

A 催办 comes after the deadline, once a day per matter, and never for what has been filed.
Source: issue 5 no. 7.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from progress.matters.permissions import unit_of
from progress.models import (
    Channel,
    Instruction,
    ProgressReport,
    ReportState,
    SupervisionOrder,
    UrgeSubject,
)
from progress.urging.reasons import Subject, why_not
from units.models import Appointment, Role, Unit

FIELDS: dict[type, str] = {
    ProgressReport: "report",
    Instruction: "instruction",
    SupervisionOrder: "order",
}


@dataclass
class UnitUrge:
    """One unit: what it is urged about, and the people who are reached."""

    unit: Unit
    subjects: list[Subject] = field(default_factory=list)
    people: list[Appointment] = field(default_factory=list)

    @property
    def reached(self) -> str:
        """市住建局 联络员2人、市住建局 单位负责人."""
        held = Counter(each.label for each in self.people)
        return "、".join(f"{label}{n}人" if n > 1 else label for label, n in held.items())


@dataclass(frozen=True)
class Urging:
    """What would be sent: by unit, and what is left out, each with a sentence that says why."""

    units: Sequence[UnitUrge]
    left_out: Sequence[str]

    @property
    def count(self) -> int:
        return sum(len(each.subjects) for each in self.units)

    @property
    def people_count(self) -> int:
        return len({person.user_id for each in self.units for person in each.people})

    @property
    def measure(self) -> str:
        """Of `count`."""
        return measure_of(subject for each in self.units for subject in each.subjects)

    @property
    def more_than_once(self) -> str:
        """Why the names are more than the people, where they are."""
        rows = Counter(person.user_id for each in self.units for person in each.people)
        several = sum(count > 1 for count in rows.values())
        return f"（其中{several}人兼任两个以上单位，各列一次）" if several else ""

    @property
    def reached(self) -> str:
        return "、".join(each.reached for each in self.units)

    @property
    def name_of_units(self) -> str:
        """市住建局, or 市住建局等3个单位."""
        if not self.units:
            return ""
        first = self.units[0].unit.name
        return first if len(self.units) == 1 else f"{first}等{len(self.units)}个单位"


def measure_of(subjects: Iterable[Subject]) -> str:
    """份 of filings, 件 where matters are among them."""
    return "份" if all(isinstance(each, ProgressReport) for each in subjects) else "件"


def urging_of(subjects: Iterable[Subject], today: date) -> Urging:
    """Who would be reached about `subjects`, and what is left out and why."""
    found = list(dict.fromkeys(subjects))
    urged = _urged_on(found, today)
    grouped: dict[int, UnitUrge] = {}
    left_out: list[str] = []
    for subject in found:
        if reason := why_not(subject, today, is_urged=subject in urged):
            left_out.append(reason)
            continue
        unit = _unit_of(subject)
        grouped.setdefault(unit.pk, UnitUrge(unit)).subjects.append(subject)
    _find_people(grouped, today)
    reachable = [each for each in grouped.values() if each.people]
    left_out += [
        f"{each.unit}没有可用的联络员账号，{len(each.subjects)}{measure_of(each.subjects)}请电话催办。"
        for each in grouped.values()
        if not each.people
    ]
    return Urging(reachable, left_out)


def _unit_of(subject: Subject) -> Unit:
    return subject.unit if isinstance(subject, ProgressReport) else unit_of(subject)


def _find_people(grouped: dict[int, UnitUrge], today: date) -> None:
    """The liaisons; also the head where something waits for the signature or has no liaison."""
    held = Appointment.objects.on(today).filter(
        unit__in=grouped, role__in=(Role.REPORTER, Role.SIGNER), user__is_active=True
    )
    by_unit: dict[int | None, list[Appointment]] = defaultdict(list)
    for each in held.select_related("user", "unit", "post").order_by("role", "pk"):
        by_unit[each.unit_id].append(each)
    for pk, urge in grouped.items():
        liaisons = [each for each in by_unit[pk] if each.role == Role.REPORTER]
        waits = any(subject.state == ReportState.SIGNING for subject in urge.subjects)
        urge.people = by_unit[pk] if waits or not liaisons else liaisons


def _urged_on(subjects: Iterable[Subject], day: date) -> set[Subject]:
    """Those of `subjects` that the system was used to urge on `day`."""
    by_kind: dict[type, dict[int, Subject]] = defaultdict(dict)
    for subject in subjects:
        by_kind[type(subject)][subject.pk] = subject
    found: set[Subject] = set()
    for kind, rows in by_kind.items():
        name = FIELDS[kind]
        urged = UrgeSubject.objects.filter(
            urged_on=day, channel=Channel.SYSTEM, **{f"{name}__in": list(rows)}
        )
        found |= {rows[pk] for pk in urged.values_list(f"{name}_id", flat=True)}
    return found
