"""Every aggregate, once. A tile is a set of ledger rows: its number, its list and its Excel agree.

Statistics speak in counts (design.md section 4, Percent); all parts add up to the total.
"""

from reports.stats.areas import AreaLine, AreaTable, by_area
from reports.stats.changes import CHANGES, change_of
from reports.stats.filings import Missing, Scope, UnitRate, missing_of, rates_of
from reports.stats.lights import RARE, Part, Tally, tally
from reports.stats.severity import SEVERITY, BehindList, behind
from reports.stats.units import UnitItems, by_unit

__all__ = [
    "CHANGES",
    "RARE",
    "SEVERITY",
    "AreaLine",
    "AreaTable",
    "BehindList",
    "Missing",
    "Part",
    "Scope",
    "Tally",
    "UnitItems",
    "UnitRate",
    "behind",
    "by_area",
    "by_unit",
    "change_of",
    "missing_of",
    "rates_of",
    "tally",
]
