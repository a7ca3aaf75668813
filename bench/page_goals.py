"""What pages and acts may cost, and the table of docs/performance.md that holds them to it.

`bin/bench page_goals FILE [--before FILE]`: files that `bin/bench pages --json` wrote. Milliseconds
are CPU of application + PostgreSQL on a quiet core; where a run has another state of the code
beside this one (`pages --before`) that is what stood before.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.page_table import cpu_of, lines_of

Row = Mapping[str, Any]
Name = tuple[str, str, str]  # page, role, state
GOALS = {  # made anew, and as kept where that was set too
    "ledger of a unit": (10, 5),
    "ledger": (18, 6),
    "overview": (20, 6),
    "office": (25, 12),
    "ten": (20, 6),
    "item": (15,),
    "desk": (18,),
    "form": (25,),
    "review": (20,),
    "search": (12,),
    "autosave": (18,),
    "submit": (40,),
    "tasks.xlsx": (55, 8),
}
NO_GOAL = 0.0
HEADS = (
    *("page", "role", "state", "before", "now", "goal", "now / goal", "x floor before"),
    *("x floor now", "queries", "objects", "SQL KB", "wire KB"),
)
DESCRIPTION = "按目标排列一次测量的结果（Markdown表格），差距最大的在前。"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="bin/bench page_goals", description=DESCRIPTION)
    parser.add_argument("now", type=Path, help="bin/bench pages --json的输出")
    parser.add_argument("--before", type=Path, help="此前一次的输出，用于比较")
    chosen = parser.parse_args(arguments)
    now, before = _rows(chosen.now, "now"), _rows(chosen.now, "before")
    print(table(now, _rows(chosen.before, "now") if chosen.before else before))
    return 0


def _rows(file: Path, code: str) -> list[Row]:
    """What was measured of one state of the code."""
    found: list[Row] = json.loads(file.read_text(encoding="utf-8"))
    return [row for row in found if row.get("code", "now") == code]


def goal_of(page: str, state: str) -> float:
    """Milliseconds; 0 where none was set."""
    goals = GOALS.get(page, ())
    place = 1 if state == "kept" else 0
    return float(goals[place]) if place < len(goals) else NO_GOAL


def table(now: Sequence[Row], before: Sequence[Row] = ()) -> str:
    """Of the smallest size and one connection: the furthest beyond its goal first, then those that
    have none.
    """
    earlier = _by_name(before)
    rows = sorted(_by_name(now).items(), key=lambda each: -_times(each[1]))
    return lines_of([HEADS, *(_cells(row, earlier.get(name)) for name, row in rows)])


def _by_name(found: Sequence[Row]) -> dict[Name, Row]:
    pages = [row for row in found if "page" in row and row["connections"] == 1]
    least = min((row["items"] for row in pages), default=0)
    return {_name(row): row for row in pages if row["items"] == least}


def _name(row: Row) -> Name:
    return row["page"], row["role"], row["state"]


def _times(row: Row) -> float:
    goal = goal_of(row["page"], row["state"])
    return cpu_of(row) / goal if goal else NO_GOAL


def _cells(row: Row, before: Row | None) -> list[str]:
    goal, times = goal_of(row["page"], row["state"]), _times(row)
    return [
        *_name(row),
        _spent(before) if before is not None else "",
        _spent(row),
        f"{goal:.0f}" if goal else "",
        f"{times:.2f}" if goal else "",
        _floors(before) if before is not None else "",
        _floors(row),
        str(row["queries"]),
        str(row["objects"]),
        f"{row['sql_kb']:.0f}",
        f"{row['wire_bytes'] / 1024:.0f}",
    ]


def _spent(row: Row) -> str:
    return f"{row['cpu_ms']:.1f}+{row['db_ms']:.1f}"


def _floors(row: Row) -> str:
    return f"{cpu_of(row) / row['floor_cpu_ms']:.1f}"


if __name__ == "__main__":
    sys.exit(main())
