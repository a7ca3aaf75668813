"""Every aggregate, once. A tile is a set of ledger rows: its number, its list and its Excel agree.

Statistics speak in counts (design.md section 4, Percent); all parts add up to the total.
"""

from reports.stats.areas import AreaLine, AreaTable, by_area
from reports.stats.filings import Missing, UnitRate, missing_of, rates_of
from reports.stats.lights import RARE, Part, Tally, tally
from reports.stats.severity import SEVERITY, BehindList, behind

__all__ = [
    "RARE",
    "SEVERITY",
    "AreaLine",
    "AreaTable",
    "BehindList",
    "Missing",
    "Part",
    "Tally",
    "UnitRate",
    "behind",
    "by_area",
    "missing_of",
    "rates_of",
    "tally",
]
