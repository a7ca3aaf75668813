"""The figures of pages as tables, and what is too much of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bench.page_list import PAGES

Row = Mapping[str, Any]
Name = tuple[str, str, str, str, int]  # page, role, state, code, connections


def by_page(found: Sequence[Row]) -> dict[Name, list[Row]]:
    """The rows of a page together, the smallest size first; mixes are left out."""
    pages: dict[Name, list[Row]] = {}
    for row in found:
        if "page" in row:
            pages.setdefault(_name(row), []).append(row)
    return {name: sorted(rows, key=lambda row: int(row["items"])) for name, rows in pages.items()}


def _name(row: Row) -> Name:
    return (row["page"], row["role"], row["state"], row["code"], row["connections"])


def cpu_of(row: Row) -> float:
    """CPU of application and PostgreSQL, ms a request."""
    return float(row["cpu_ms"]) + float(row["db_ms"])


def growth_of(rows: Sequence[Row]) -> float:
    """CPU at the largest size, in times of that at the smallest."""
    return cpu_of(rows[-1]) / cpu_of(rows[0])


def excess(found: Sequence[Row], ceiling: int, dearest: float) -> list[str]:
    """What a page has too much of. A growth counts at one connection only, since at eight they wait
    for each other, and of what is made: a kept page is a few steps of the clock.
    """
    said = []
    for (page, role, state, code, connections), rows in by_page(found).items():
        if code != "now" or connections != 1:
            continue
        for row in rows:
            if page in PAGES and row["queries"] > ceiling:
                many = f"{row['queries']}次查询，应不超过{ceiling}次"
                said.append(f"{page} {role} {row['items']}项：{many}")
        if state == "cold" and growth_of(rows) > dearest:
            times = f"所用CPU为{rows[0]['items']}项时的{growth_of(rows):.2f}倍"
            said.append(f"{page} {role} {rows[-1]['items']}项：{times}，应不超过{dearest}倍")
    return said


def table(found: Sequence[Row]) -> str:
    """Markdown: a line for each page, role, state and number of connections with CPU in ms as
    application + database at every size, so many times the floor, and what is counted; then a line
    for each mix.
    """
    sizes = sorted({int(row["items"]) for row in found})
    heads = ["page", "role", "state", "code", "at once", *(f"{size} items" for size in sizes)]
    heads += ["growth", "x floor", "p50 ms", "p95 ms", "queries", "objects", "SQL KB", "KB"]
    lines = [[*heads, "wire KB"]]
    for name, rows in by_page(found).items():
        row = rows[0]
        cells: list[object] = [*name]
        cells += [f"{each['cpu_ms']:.1f}+{each['db_ms']:.1f}" for each in rows]
        cells += [f"{growth_of(rows):.2f}", f"{cpu_of(row) / row['floor_cpu_ms']:.1f}"]
        cells += [row["median_ms"], row["p95_ms"], row["queries"], row["objects"]]
        cells += [f"{row['sql_kb']:.0f}", f"{row['bytes'] / 1024:.0f}"]
        lines.append([*map(str, cells), f"{row['wire_bytes'] / 1024:.0f}"])
    mixes = [row for row in found if "mix" in row]
    said = [lines_of(lines)]
    if mixes:
        heads = list(mixes[0])
        said += ["", lines_of([heads, *([str(row[head]) for head in heads] for row in mixes)])]
    return "\n".join(said)


def lines_of(rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown, its heads first."""
    heads, *others = rows
    return "\n".join(map(_line, [heads, ["---"] * len(heads), *others]))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
