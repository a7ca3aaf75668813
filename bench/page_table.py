"""The figures of pages as a table, and what is too much of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
Pair = tuple[str, str]  # page, role


def by_page(found: Sequence[Row]) -> dict[Pair, list[Row]]:
    """The rows of a page and role together, the smallest size first."""
    pages: dict[Pair, list[Row]] = {}
    for row in sorted(found, key=lambda row: int(row["items"])):
        pages.setdefault((row["page"], row["role"]), []).append(row)
    order = {(row["page"], row["role"]): place for place, row in reversed(list(enumerate(found)))}
    return dict(sorted(pages.items(), key=lambda each: order[each[0]]))


def ratio_of(rows: Sequence[Row]) -> float:
    """The median at the largest size, in times of that at the smallest."""
    return float(rows[-1]["median_ms"]) / float(rows[0]["median_ms"])


def excess(found: Sequence[Row], ceiling: int, slowest: float) -> list[str]:
    """What a page has too much of."""
    said = []
    for (page, role), rows in by_page(found).items():
        for row in rows:
            if row["queries"] > ceiling:
                many = f"{row['queries']}次查询，应不超过{ceiling}次"
                said.append(f"{page} {role} {row['items']}项：{many}")
        if ratio_of(rows) > slowest:
            times = f"中位用时为{rows[0]['items']}项时的{ratio_of(rows):.2f}倍"
            said.append(f"{page} {role} {rows[-1]['items']}项：{times}，应不超过{slowest}倍")
    return said


def table(found: Sequence[Row]) -> str:
    """A line for each page and role: median and p95 in ms at every size, the ratio, queries, KB."""
    pages = by_page(found)
    sizes = sorted({int(row["items"]) for row in found})
    heads = "".join(f"{f'{size} items':>20}" for size in sizes)
    lines = [
        f"{'page':10}{'role':10}{heads}{'ratio':>8}{'queries':>9}{'KB':>6}",
        f"{'':20}{'  median /    p95 ms' * len(sizes)}",
    ]
    for (page, role), rows in pages.items():
        times = "".join(f"{row['median_ms']:>11.1f} /{row['p95_ms']:>7.1f}" for row in rows)
        queries, size = max(row["queries"] for row in rows), max(row["bytes"] for row in rows)
        tail = f"{ratio_of(rows):>8.2f}{queries:>9}{round(size / 1024):>6}"
        lines.append(f"{page:10}{role:10}{times}{tail}")
    return "\n".join(lines)
