"""Every aggregate, once. A tile is a set of ledger rows: its number, its list and its Excel agree.

Statistics speak in counts (design.md section 4, Percent); all parts add up to the total.
"""

from reports.stats.areas import AreaLine, AreaTable, by_area
from reports.stats.facts import BEHIND, KINDS, Fact, facts_of, finalized_until, leads_of
from reports.stats.filing_lines import (
    DUE,
    FINALIZED,
    LEFT,
    NEW,
    OLD,
    UNPUNCTUAL,
    UNREPORTED,
    FilingLine,
    Wanted,
    filing_lines,
)
from reports.stats.filings import Missing, Scope, UnitRate, missing_of, rates_of
from reports.stats.heat import HeatCell, HeatMap, HeatRow, heat_map
from reports.stats.lights import RARE, Part, Tally, tally
from reports.stats.moves import CHANGES, Move, change_of, moves
from reports.stats.quiet import QuietUnit, never_logged_in
from reports.stats.severity import SEVERITY, BehindList, behind
from reports.stats.tallied import tallied
from reports.stats.tiles import Tile, rows_behind, tiles_of
from reports.stats.trend import Month, history_of, trend
from reports.stats.units import UnitItems, by_unit

__all__ = [
    "BEHIND",
    "CHANGES",
    "DUE",
    "FINALIZED",
    "KINDS",
    "LEFT",
    "NEW",
    "OLD",
    "RARE",
    "SEVERITY",
    "UNPUNCTUAL",
    "UNREPORTED",
    "AreaLine",
    "AreaTable",
    "BehindList",
    "Fact",
    "FilingLine",
    "HeatCell",
    "HeatMap",
    "HeatRow",
    "Missing",
    "Month",
    "Move",
    "Part",
    "QuietUnit",
    "Scope",
    "Tally",
    "Tile",
    "UnitItems",
    "UnitRate",
    "Wanted",
    "behind",
    "by_area",
    "by_unit",
    "change_of",
    "facts_of",
    "filing_lines",
    "finalized_until",
    "heat_map",
    "history_of",
    "leads_of",
    "missing_of",
    "moves",
    "never_logged_in",
    "rates_of",
    "rows_behind",
    "tallied",
    "tally",
    "tiles_of",
    "trend",
]
