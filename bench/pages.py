"""Pages of the site with 1, 10 and 100 plans of 144 items and a full year of reports each.

`bin/bench pages [--json] [--sizes 1,10] [--growth X] [--rounds N] [--before DIR]`. Sets up what it
needs: databases of its own, made and dropped again on the PostgreSQL of `DATABASE_URL`, or else on
an instance of its own; one gunicorn for each size, one for the floor (bench/load/floor.py), and
with --before one more for each size with the code of another checkout; everybody logs in over HTTP.
All are asked in turn, so that other work on the machine slows all of them: read the ratios to the
floor. CPU is that of all processes of the server and of PostgreSQL; milliseconds of waiting are
from the request to the last byte. Queries, SQL and objects are counted for the same page and person
on the same database, in a process apart. Exits with 1 beyond `CEILING` queries, or when the CPU at
the largest size is more than `--growth` (`DEAREST`) times that at the smallest; with 130 when it is
interrupted, having cleaned up. All plans are active: what three years in work cost beside one is
`--sizes 1,3 --growth 1.3`.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.databases import ITEMS, UNUSABLE, on_postgresql, prepared
from bench.load.measuring import Measurement
from bench.page_table import excess, table

SIZES = (1, 10, 100)
ROUNDS = 8
CEILING, DEAREST = 25, 1.5
DESCRIPTION = f"""各页面在1、10、100个年度（每个{ITEMS}项，全年报送齐全）的CPU、用时和查询数。

在DATABASE_URL所指的PostgreSQL上（没有给出的，自行启动一个）建立自己的数据库，载入2022年任务
和示例进展，补成全年，再复制成所需的年度个数；每种规模各启动一个gunicorn，各角色用账号登录，
轮流打开各页面，旁边是同一服务器上不经Django的最简页面（floor）。结束或中断时删除这些数据库，
停止所启动的程序。建库约需2至4分钟。

查询数超过{CEILING}，或最大规模所用CPU超过最小规模的{DEAREST}倍（--growth另定）时，退出码为1。"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table, or with --json a list of rows: of a page {page, role, items, state, code,
    connections, cpu_ms, db_ms, floor_cpu_ms (both of the floor), median_ms, p95_ms, queries,
    objects, sql_kb, bytes, wire_bytes}, of many people {mix, items, code, requests_per_second,
    cpu_ms, cores, errors, worker_mb}.
    """
    parser = argparse.ArgumentParser(
        prog="bin/bench pages",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="以JSON输出")
    parser.add_argument("--sizes", type=_sizes, default=SIZES, help="年度个数，默认1,10,100")
    parser.add_argument("--growth", type=_growth, default=DEAREST, help="CPU最多为最小规模的几倍")
    parser.add_argument("--rounds", type=_rounds, default=ROUNDS, help=f"轮数，默认{ROUNDS}")
    parser.add_argument("--before", type=Path, help="另一份代码的目录，同时测量，用于比较")
    chosen = parser.parse_args(arguments)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupted)
    try:
        found = run(chosen.sizes, chosen.rounds, chosen.before)
    except KeyboardInterrupt:
        print("已中断，所建的数据库已删除。", file=sys.stderr)
        return 130
    except UNUSABLE as problem:
        print(f"不能使用PostgreSQL：{problem}", file=sys.stderr)
        return 2
    print(json.dumps(found) if chosen.json else table(found))
    said = excess(found, CEILING, chosen.growth)
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


def _growth(word: str) -> float:
    if not 1 <= float(word) <= 100:
        raise ValueError
    return float(word)


def _rounds(word: str) -> int:
    if int(word) < 2:  # one time has no quantiles
        raise ValueError
    return int(word)


def run(sizes: Sequence[int], rounds: int, before: Path | None) -> list[dict[str, Any]]:
    """Set up, measure, and clean up again, come what may."""
    with ExitStack() as stack:
        files = stack.enter_context(TemporaryDirectory(prefix="bench-files-"))
        os.environ["FILES_DIR"] = files  # the sample's scans
        server = stack.enter_context(on_postgresql())
        databases = stack.enter_context(prepared(server, sizes))
        _say(f"正在测量，每页{rounds}轮")
        return Measurement(databases, rounds, before).rows()


def _say(words: str) -> None:
    print(words, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
