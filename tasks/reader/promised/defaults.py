"""What an item gets until the office decides: tracking, cycle, short title (design.md §4)."""

from __future__ import annotations

import re

QUANTITATIVE = "quantitative"
MILESTONE = "milestone"
QUALITATIVE = "qualitative"
ONGOING = "ongoing"

_CYCLE = {
    QUANTITATIVE: "monthly",
    MILESTONE: "quarterly",
    QUALITATIVE: "quarterly",
    ONGOING: "half_yearly",
}
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》")
_MILESTONE = re.compile(r"建成|开工|完成|出台|组建")
_ONGOING = re.compile(r"持续|常态化|加强")
# The chapter on the government's own conduct has no end to reach.
_CONDUCT = re.compile(r"作风|政府自身建设")
_SHORT = 16


def tracking_for(text: str, *, promises: int, area_title: str) -> str:
    """事项性质 of an item with that many indicators, in a chapter of that title."""
    if promises:
        return QUANTITATIVE
    if _CONDUCT.search(area_title):
        return ONGOING
    plain = _QUOTED.sub("", text)
    if _MILESTONE.search(plain):
        return MILESTONE
    return ONGOING if _ONGOING.search(plain) else QUALITATIVE


def cycle_for(tracking: str, *, is_project: bool) -> str:
    """报送频次. Projects report monthly, whatever they are."""
    return "monthly" if is_project else _CYCLE[tracking]


def short_title_for(text: str) -> str:
    """The first clause, at most 16 characters; a person writes a better one."""
    first = re.split(r"[,，;；。]", text, maxsplit=1)[0].strip()
    return first if 0 < len(first) <= _SHORT else (first or text)[: _SHORT - 1] + "…"
