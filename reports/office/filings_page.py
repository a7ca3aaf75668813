"""The conditions of 报送明细 in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reports.office.words import FINDINGS, TIMINGS, WAITS
from reports.stats.filing_lines import FINALIZED, LEFT, UNREPORTED, FilingLine, Wanted
from units.face.marks import STATES, label_of
from units.models import Unit

UNKNOWN = "无此条件"


def conditions_in_words(wanted: Wanted, lines: Sequence[FilingLine]) -> list[str]:
    """What the list was narrowed to, in the order in which it is said."""
    said = [
        _open(wanted.open) if wanted.open else "",
        _day(wanted.day) if wanted.day else "",
        _unit(wanted.unit, lines) if wanted.unit else "",
        _state(wanted.state) if wanted.state else "",
        TIMINGS.get(wanted.timing, UNKNOWN) if wanted.timing else "",
        f"待审核，{dict(WAITS).get(wanted.wait, UNKNOWN)}" if wanted.wait else "",
        f"关键词“{wanted.q}”" if wanted.q else "",
        f"提示：{FINDINGS.get(wanted.finding, wanted.finding)}" if wanted.finding else "",
    ]
    return [each for each in said if each]


def _open(given: str) -> str:
    return {"1": "报送中的填报期", FINALIZED: "已定稿的填报期"}.get(given, UNKNOWN)


def _day(given: str) -> str:
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return UNKNOWN
    return f"数据截至{day.month}月{day.day}日"


def _unit(given: str, lines: Sequence[FilingLine]) -> str:
    if lines:
        return str(lines[0].report.unit)
    known = given.isascii() and given.isdecimal() and len(given) <= 12
    found = Unit.objects.filter(pk=int(given)).first() if known else None
    return str(found) if found is not None else UNKNOWN


def _state(given: str) -> str:
    if given in (UNREPORTED, LEFT):
        return "未报送" if given == UNREPORTED else "已离开单位"
    return label_of(given) if given in STATES else UNKNOWN
