"""Pages of the site with 1, 10 and 100 plans of 144 items and a full year of reports each.

`bin/bench pages [--json] [--sizes 1,10] [--rounds N]`. Sets up what it needs: databases of its own,
made and dropped again on the PostgreSQL of `DATABASE_URL`, or else on an instance of its own; one
gunicorn for each size; everybody logs in over HTTP. The sizes are asked in turn, so that other work
on the machine slows all of them; a page that seems to grow is opened more often, and every visit
counts. Milliseconds are from the request to the last byte of the answer;
queries are counted for the same page and person on the same database, in a process apart. Exits
with 1 beyond `CEILING` queries, or when a median at the largest size is more than `SLOWEST` times
that at the smallest; with 130 when it is interrupted, having cleaned up.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from bench.databases import ITEMS, UNUSABLE, on_postgresql, prepared
from bench.page_list import OF_UNIT, PAGES, PEOPLE, addresses_at, rows
from bench.page_queries import counted, counted_apart
from bench.page_table import excess, table
from bench.site import Site, Visitor

SIZES = (1, 10, 100)
ROUNDS, WARMING, AGAIN = 20, 2, 3
CEILING, SLOWEST = 25, 1.5
PASSWORD = "Shili-2022"  # noqa: S105  # of every account of the sample
DESCRIPTION = f"""各页面在1、10、100个年度（每个{ITEMS}项，全年报送齐全）时的用时和查询数。

在DATABASE_URL所指的PostgreSQL上（没有给出的，自行启动一个）建立自己的数据库，载入2022年任务
和示例进展，补成全年，再复制成所需的年度个数；每种规模各启动一个gunicorn，各角色用账号登录，
轮流打开各页面。结束或中断时删除这些数据库，停止所启动的程序。建库约需2至4分钟。

查询数超过{CEILING}，或最大规模的中位用时超过最小规模的{SLOWEST}倍时，退出码为1。"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table, or with --json a list of {page, role, items, median_ms, p95_ms, queries,
    bytes}.
    """
    parser = argparse.ArgumentParser(
        prog="bin/bench pages",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="以JSON输出")
    parser.add_argument("--sizes", type=_sizes, default=SIZES, help="年度个数，默认1,10,100")
    parser.add_argument(
        "--rounds", type=_rounds, default=ROUNDS, help=f"每页打开次数，默认{ROUNDS}"
    )
    parser.add_argument("--count", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.count:
        print(json.dumps(counted()))
        return 0
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupted)
    try:
        found = run(chosen.sizes, chosen.rounds)
    except KeyboardInterrupt:
        print("已中断，所建的数据库已删除。", file=sys.stderr)
        return 130
    except UNUSABLE as problem:
        print(f"不能使用PostgreSQL：{problem}", file=sys.stderr)
        return 2
    print(json.dumps(found) if chosen.json else table(found))
    said = excess(found, CEILING, SLOWEST)
    for words in said:
        print(words, file=sys.stderr)
    return 1 if said else 0


def _interrupted(number: int, frame: object) -> None:
    """Once: what follows is cleaning up, which a second Ctrl-C shall not cut off."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt


def _sizes(words: str) -> tuple[int, ...]:
    sizes = sorted({int(word) for word in words.split(",")})
    if not sizes or sizes[0] < 1:
        raise ValueError
    return tuple(sizes)


def _rounds(word: str) -> int:
    if int(word) < 2:  # one time has no quantiles
        raise ValueError
    return int(word)


def run(sizes: Sequence[int], rounds: int) -> list[dict[str, Any]]:
    """Set up, measure, and clean up again, come what may."""
    with ExitStack() as stack:
        files = stack.enter_context(TemporaryDirectory(prefix="bench-files-"))
        os.environ["FILES_DIR"] = files  # the sample's scans
        server = stack.enter_context(on_postgresql())
        databases = stack.enter_context(prepared(server, sizes))
        _say(f"正在测量，每页{rounds}次")
        return measured(databases, rounds)


def measured(databases: dict[int, str], rounds: int) -> list[dict[str, Any]]:
    """A row for every page, role and size."""
    times, lengths = _timed(databases, rounds)
    queries = {size: counted_apart(url) for size, url in databases.items()}
    return [
        {
            "page": page,
            "role": role,
            "items": size * ITEMS,
            "median_ms": round(median(taken), 1),
            "p95_ms": round(quantiles(taken, n=20)[18], 1),
            "queries": queries[size][f"{page} {role}"],
            "bytes": lengths[page, role, size],
        }
        for (page, role, size), taken in times.items()
    ]


Visit = tuple[str, str, int]  # page, role, size


def _timed(
    databases: dict[int, str], rounds: int
) -> tuple[dict[Visit, list[float]], dict[Visit, int]]:
    sizes = list(databases)
    times: dict[Visit, list[float]] = {(*row, size): [] for row in rows() for size in sizes}
    lengths: dict[Visit, int] = {}
    places = addresses_at(databases[sizes[0]])
    with ExitStack() as stack:
        sites = {size: stack.enter_context(Site(url)) for size, url in databases.items()}
        visitors = {
            (role, size): Visitor(site.url, name, PASSWORD)
            for size, site in sites.items()
            for role, name in PEOPLE.items()
        }

        def visit(turns: int, chosen: Sequence[tuple[str, str]], is_kept: bool = True) -> None:
            for turn in range(turns):
                first = turn % len(sizes)  # nobody always comes after the same neighbour
                for page, role in chosen:
                    for size in sizes[first:] + sizes[:first]:
                        title = PAGES[page].title.format(unit=OF_UNIT)
                        taken, length = visitors[role, size].opens(places[page], title)
                        if is_kept:
                            times[page, role, size].append(taken)
                            lengths[page, role, size] = length

        visit(WARMING, list(rows()), is_kept=False)  # writes the sessions, fills the caches
        visit(rounds, list(rows()))
        for _ in range(AGAIN):  # a busy machine makes a median doubtful: more visits, all counted
            visit(rounds, [row for row in rows() if _is_doubtful(times, row, sizes)])
    return times, lengths


def _is_doubtful(
    times: dict[Visit, list[float]], row: tuple[str, str], sizes: Sequence[int]
) -> bool:
    return median(times[*row, sizes[-1]]) > SLOWEST * median(times[*row, sizes[0]])


def _say(words: str) -> None:
    print(words, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
