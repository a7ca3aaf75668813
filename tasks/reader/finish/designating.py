"""Printed names to designations, by the conventions of the notice and what a person decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tasks.reader.body.draft import DraftItem, DraftPart
from tasks.reader.decisions import NAME, Decisions
from tasks.reader.directory import Directory
from tasks.reader.parsed import (
    KEY_TASK,
    LEAD,
    PRACTICAL_PROJECT,
    RESPONSIBLE,
    SUPPORT,
    UNKNOWN,
    ParsedDesignation,
    ParsedSubItem,
)
from tasks.reader.passages import Passage
from tasks.reader.roles.labels import DEADLINE, LEADER


@dataclass(slots=True)
class Names:
    """Resolves printed names; keeps where each unknown one stands."""

    directory: Directory
    decisions: Decisions
    first_leads: bool
    unknown: dict[str, list[Passage]] = field(default_factory=dict)
    bare: list[DraftItem] = field(default_factory=list)  # items that say 责任单位 only
    led_projects: list[tuple[DraftItem, str]] = field(default_factory=list)

    def resolve(self, printed: Passage) -> tuple[str, str] | None:
        """Canonical name and target; None for what a person called no unit."""
        decided = self.decisions.get(NAME, printed.text)
        if decided == "":
            return None
        name, target = self.directory.resolve(decided or printed.text)
        if target == UNKNOWN:
            self.unknown.setdefault(printed.text, []).append(printed)
        return name, target

    def designations(
        self, part: DraftPart, kind: str, *, projects_have_one_role: bool
    ) -> tuple[ParsedDesignation, ...]:
        """Those of an item or a part of one, strongest role first, each in printed order."""
        printed = by_role(part)
        roles = self._meant(printed, part, kind, projects_have_one_role=projects_have_one_role)
        found: list[ParsedDesignation] = []
        for role in (LEAD, SUPPORT, RESPONSIBLE):
            order = 0
            for name in roles[role]:
                resolved = self.resolve(name)
                if resolved is None or any((e.role, e.name) == (role, resolved[0]) for e in found):
                    continue
                order += 1
                found.append(ParsedDesignation(role, order, name.text, *resolved))
        return tuple(found)

    def _meant(
        self,
        printed: dict[str, list[Passage]],
        part: DraftPart,
        kind: str,
        *,
        projects_have_one_role: bool,
    ) -> dict[str, list[Passage]]:
        """The roles that the labels mean in this notice.

        责任单位 beside a lead is the second role (黄政办发〔2021〕1号); alone it is the lead, or
        of a practical project the only role.
        """
        lead, support, others = printed[LEAD], printed[SUPPORT], printed[RESPONSIBLE]
        item = part if isinstance(part, DraftItem) else None
        if not lead and others and self.first_leads:
            return {LEAD: others[:1], SUPPORT: others[1:] + support, RESPONSIBLE: []}
        if kind == PRACTICAL_PROJECT:
            if lead and not support and not others and projects_have_one_role:
                if item is not None:
                    self.led_projects.append((item, label_of(part, LEAD)))
                return {LEAD: [], SUPPORT: [], RESPONSIBLE: lead}
            return printed
        if lead and others:
            kept = {LEAD: lead, SUPPORT: support, RESPONSIBLE: others}
            return kept if support else {LEAD: lead, SUPPORT: others, RESPONSIBLE: []}
        if not lead and others:
            if item is not None and len(others) > 1:
                self.bare.append(item)
            return {LEAD: others, SUPPORT: support, RESPONSIBLE: []}
        return printed


def of_parts(
    parts: Sequence[ParsedSubItem], own: Sequence[ParsedDesignation] = ()
) -> tuple[ParsedDesignation, ...]:
    """What an item owes to its parts where it names nobody that leads: each unit once, by its
    strongest role; those that it names itself first.
    """
    named = [*own, *(one for part in parts for one in part.designations)]
    found: list[ParsedDesignation] = []
    for role in (LEAD, SUPPORT, RESPONSIBLE):
        for each in (one for one in named if one.role == role):
            if not any(one.name == each.name for one in found):
                order = 1 + sum(one.role == role for one in found)
                found.append(replace(each, order=order))
    return tuple(found)


def by_role(part: DraftPart) -> dict[str, list[Passage]]:
    """Printed names by the role of their label."""
    found: dict[str, list[Passage]] = {LEAD: [], SUPPORT: [], RESPONSIBLE: []}
    for each in part.roles.assigned:
        if each.field in found:
            found[each.field].extend(each.names)
    return found


def label_of(part: DraftPart, role: str) -> str:
    """The printed words for a role."""
    return next((each.label for each in part.roles.assigned if each.field == role), "")


def one_role(items: Sequence[DraftItem]) -> bool:
    """Whether most practical projects name one role only, 责任单位."""
    projects = [by_role(each) for each in items if each.kind != KEY_TASK and each.has_units()]
    plain = sum(bool(each[RESPONSIBLE]) and not each[LEAD] for each in projects)
    return plain * 2 > len(projects)


def leaders_of(part: DraftPart) -> tuple[str, ...]:
    names = [
        name.text for each in part.roles.assigned if each.field == LEADER for name in each.names
    ]
    return tuple(dict.fromkeys(names))


def deadline_of(part: DraftPart) -> str:
    """As printed; several are told one after the other."""
    texts = [each.text.text for each in part.roles.assigned if each.field == DEADLINE]
    return "；".join(dict.fromkeys(texts))
