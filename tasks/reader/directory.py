"""The unit directory a notice is read with: canonical names, aliases, collective designations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from huangshi_tasks.lib import fold as folding
from tasks.reader.parsed import GROUP, UNIT, UNKNOWN

_TWO_NAMES = re.compile(r"([^()]{2,})\(([^()]{2,})\)")


def fold(name: str) -> str:
    """A name for comparison; inside its brackets a comma is a 、."""
    return folding.fold(name).replace(",", "、")


@dataclass(frozen=True, slots=True)
class Directory:
    """`names` maps a folded printed name to (canonical name, unit or group)."""

    names: Mapping[str, tuple[str, str]]

    @classmethod
    def of(
        cls,
        *,
        units: Iterable[str],
        aliases: Mapping[str, str],
        groups: Iterable[str],
        group_aliases: Mapping[str, str] | None = None,
    ) -> Directory:
        """`aliases` maps another name of a unit to its canonical one, `group_aliases` one of a
        collective designation.
        """
        names = {fold(name): (name, UNIT) for name in units}
        names.update({fold(name): (name, GROUP) for name in groups})
        for alias, canonical in aliases.items():
            names.setdefault(fold(alias), (canonical, UNIT))
        for alias, canonical in (group_aliases or {}).items():
            names.setdefault(fold(alias), (canonical, GROUP))
        return cls(names)

    def resolve(self, printed: str) -> tuple[str, str]:
        """Canonical name and target of a printed name; an unknown one stays as printed."""
        return self._find(fold(printed)) or (printed, UNKNOWN)

    def knows(self, printed: str) -> bool:
        return self._find(fold(printed)) is not None

    def _find(self, folded: str) -> tuple[str, str] | None:
        found = self.names.get(folded)
        if found is None and folded.startswith("各"):
            # 各在黄高校 is 在黄高校: 各 before a collective designation adds nothing to it.
            found = self.names.get(folded[1:])
            return found if found is not None and found[1] == GROUP else None
        return found if found is not None else self._by_either_name(folded)

    def _by_either_name(self, folded: str) -> tuple[str, str] | None:
        """市商务局(市口岸办): one unit under two names, of which the list may know either."""
        printed = _TWO_NAMES.fullmatch(folded)
        if printed is None:
            return None
        known = (self.names.get(name) for name in printed.groups())
        return next((each for each in known if each is not None and each[1] == UNIT), None)
