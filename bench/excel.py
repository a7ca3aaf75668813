"""The ledger as a workbook beside bare openpyxl: same values, same shared styles, one run.

`bin/bench excel [--json]`. Each size is measured in processes of its own, so that the peak memory
is that of this size: `seconds` and `bare_seconds` are the best of `ROUNDS`, in seconds of the
processor, so that other work on the machine does not count; `peak_mb` is the largest of the
ledger's rounds. Exits with 1 beyond `SLOWEST` times bare or `LARGEST` MB.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from time import process_time
from typing import Any

from bench import set_up

SIZES = (144, 10_000, 100_000)
JUDGED = (10_000, 100_000)
SLOWEST, LARGEST = 1.5, 300
NOW = datetime(2022, 8, 3, 2, 0, tzinfo=UTC)
ROUNDS = {144: 3, 10_000: 3, 100_000: 2}


def values(rows: int) -> Iterator[list[Any]]:
    """Rows of the ledger as its definition gives them, every text different."""
    from reports.excel.cells import DATE, POINTS, Cell, with_unit

    lights = (("正常推进", "ok"), ("进度偏慢", "warn"), ("滞后", "late"), ("已完成", "done"))
    for number in range(1, rows + 1):
        word, tone = lights[number % len(lights)]
        yield [
            number,
            "四、示例方面四",
            "示例小标题",
            f"示例{number}：改造道路300公里（含桥梁），加固危桥120座，年底前全部完成并投入使用。",
            "市住建局",
            f"市财政局、市城管委、第{number}配合单位",
            "示例副市长",
            with_unit(Decimal(300), "公里以上"),
            with_unit(Decimal("150.50"), "公里"),
            with_unit(Decimal(number % 300), "公里"),
            Cell(Decimal(number % 40 - 20), POINTS),
            Cell(word, tone=tone),
            f"示例{number}：截至6月底完成第一批，正在实施第二批，征地协议签订过半，施工队伍进场。",
            f"示例{number}：征地滞后，资金到位慢。",
            f"示例{number}：七月底前完成第二批招标。",
            Cell(date(2022, 6, 30), DATE),
            "示例；本期计划按时间折算",
        ]


def write_ledger(rows: int) -> bytes:
    """By the writer of the system."""
    from reports.excel import book
    from reports.excel.writing import write
    from reports.workbooks.books.task_ledger import COLUMNS, FIXED_COLUMNS
    from units.city.names import as_if_named, named
    from units.models import City

    facts = ("填报单位：示例", "数据截至：2022年6月30日", f"共{rows}项")
    sheet = book.Sheet("任务台账", "示例", facts, COLUMNS, values(rows), fixed=FIXED_COLUMNS)
    with as_if_named(named(City(name="示例市"))):
        return write(sheet, author="示例", now=NOW)


def write_bare(rows: int) -> bytes:
    """By openpyxl alone: values as they are, the styles of a first row from a list."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    from reports.excel.cells import Cell
    from reports.excel.looks import style_of
    from reports.workbooks.books.task_ledger import COLUMNS

    book = Workbook(write_only=True)
    page: Any = book.create_sheet("任务台账")

    def styles_of(row: Sequence[Any]) -> list[Any]:
        looks = (
            (value.tone, value.number_format) if isinstance(value, Cell) else ("", "")
            for value in row
        )
        return [
            style_of(page, "body", column.align, tone, number_format or "General", False)
            for (tone, number_format), column in zip(looks, COLUMNS, strict=True)
        ]

    shared = [styles_of(row) for row in values(4)]  # the light's colour comes round every 4 rows
    for number, row in enumerate(values(rows)):
        cells = []
        for value, style in zip(row, shared[number % 4], strict=True):
            plain: Any = value.value if isinstance(value, Cell) else value
            cell = WriteOnlyCell(page, plain)
            cell._style = style  # type: ignore[attr-defined]
            cells.append(cell)
        page.append(cells)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


WRITERS = {"ledger": write_ledger, "bare": write_bare}


def measure(what: str, rows: int) -> dict[str, float]:
    """Write once here: seconds, and the peak of this process in MB."""
    set_up()
    WRITERS[what](1)  # modules are loaded by now
    start = process_time()
    WRITERS[what](rows)
    seconds = process_time() - start
    peak = _peak_mb()
    return {"seconds": seconds, "peak_mb": peak}


def _peak_mb() -> float:
    """Of this process since it began; `getrusage` would count what it was forked from."""
    status = Path("/proc/self/status").read_text()
    found = re.search(r"VmHWM:\s+([0-9]+) kB", status)
    assert found is not None
    return int(found[1]) / 1024


def measured_apart(what: str, rows: int) -> dict[str, float]:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "bench.excel", "--measure", what, str(rows)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    found: dict[str, float] = json.loads(done.stdout)
    return found


def bench(rows: int) -> dict[str, float]:
    """Both writers in turn, so that a busy machine slows both."""
    ledger, bare = [], []
    for _ in range(ROUNDS[rows]):
        ledger.append(measured_apart("ledger", rows))
        bare.append(measured_apart("bare", rows))
    return {
        "rows": rows,
        "seconds": round(min(each["seconds"] for each in ledger), 3),
        "bare_seconds": round(min(each["seconds"] for each in bare), 3),
        "peak_mb": round(max(each["peak_mb"] for each in ledger), 1),
    }


def excess(found: dict[str, float]) -> list[str]:
    """What a size has too much of."""
    ratio = found["seconds"] / found["bare_seconds"]
    said = []
    if found["rows"] in JUDGED and ratio > SLOWEST:
        said.append(f"{found['rows']}行：用时为openpyxl的{ratio:.2f}倍，应不超过{SLOWEST}倍")
    if found["peak_mb"] > LARGEST:
        said.append(f"{found['rows']}行：内存{found['peak_mb']}MB，应不超过{LARGEST}MB")
    return said


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table, or with --json a list of {rows, seconds, bare_seconds, peak_mb}."""
    parser = argparse.ArgumentParser(prog="bin/bench excel", description="台账导出用时和内存")
    parser.add_argument("--json", action="store_true", help="以JSON输出")
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.measure:
        what, rows = chosen.measure
        print(json.dumps(measure(what, int(rows))))
        return 0
    found = [bench(rows) for rows in SIZES]
    if chosen.json:
        print(json.dumps(found))
    else:
        for each in found:
            times = f"{each['seconds']:>7.2f}秒  openpyxl {each['bare_seconds']:>7.2f}秒"
            print(f"{each['rows']:>7}行  {times}  {each['peak_mb']:>6.1f}MB")
    said = [words for each in found for words in excess(each)]
    for words in said:
        print(words, file=sys.stderr)
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
