"""Pages of the site with 1, 10 and 100 plans of 144 items and a full year of reports each.

`bin/bench pages [--json] [--sizes 1,10] [--rounds N]`. Sets up what it needs: databases of its own,
made and dropped again on the PostgreSQL of `DATABASE_URL`, or else on an instance of its own; one
gunicorn for each size; everybody logs in over HTTP. The sizes are asked in turn, so that other work
on the machine slows all of them. Milliseconds are from the request to the last byte of the answer;
queries are counted for the same page and person on the same database, in a process apart. Exits
with 1 beyond `CEILING` queries, or when a median at the largest size is more than `SLOWEST` times
that at the smallest.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from statistics import median, quantiles
from typing import Any

from bench.databases import ITEMS, environment, id_of_unit, on_postgresql, prepared
from bench.site import Site, Visitor

SIZES = (1, 10, 100)
ROUNDS = 20
CEILING, SLOWEST = 25, 1.5
PASSWORD = "Shili-2022"  # noqa: S105  # of every account of the sample
OF_UNIT = "市住建局"  # the unit of reporter and signer
PEOPLE = {
    "reporter": "szjj-lly",
    "signer": "szjj-fzr",
    "office": "dcs-shy",
    "leader": "fz-cj",
    "observer": "jxb",
}
UNIT, READERS = ("reporter", "signer"), ("office", "leader", "observer")
PAGES = {
    "overview": ("/2022/overview/", READERS),
    "office": ("/2022/office/", ("office",)),
    "unit": ("/2022/units/{unit}/", UNIT + READERS),
    "ledger": ("/2022/tasks/", UNIT + READERS),
    "item": ("/2022/tasks/52/", UNIT + READERS),
    "desk": ("/2022/desk/", UNIT),
    "review": ("/2022/review/", ("office",)),
    "ten": ("/2022/projects/", UNIT + READERS),
}


def pages_at(database: str) -> dict[str, str]:
    """The address of every page."""
    unit = id_of_unit(database, OF_UNIT)
    return {page: address.format(unit=unit) for page, (address, _) in PAGES.items()}


def rows() -> Iterator[tuple[str, str]]:
    """Page and role of everything that is measured."""
    for page, (_, roles) in PAGES.items():
        for role in roles:
            yield page, role


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table, or with --json a list of {page, role, items, median_ms, p95_ms, queries,
    bytes}.
    """
    parser = argparse.ArgumentParser(prog="bin/bench pages", description="页面用时和查询数")
    parser.add_argument("--json", action="store_true", help="以JSON输出")
    parser.add_argument("--sizes", type=_sizes, default=SIZES, help="年度个数，如 1,10")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="每个页面打开的次数")
    parser.add_argument("--count", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.count:
        print(json.dumps(counted()))
        return 0
    with on_postgresql() as server, prepared(server, chosen.sizes) as addresses:
        found = measured(addresses, chosen.rounds)
    print(json.dumps(found) if chosen.json else _table(found))
    said = excess(found)
    for words in said:
        print(words, file=sys.stderr)
    return 1 if said else 0


def _sizes(words: str) -> tuple[int, ...]:
    sizes = sorted({int(word) for word in words.split(",")})
    if not sizes or sizes[0] < 1:
        raise ValueError
    return tuple(sizes)


def measured(addresses: dict[int, str], rounds: int) -> list[dict[str, Any]]:
    """A row for every page, role and size."""
    times: dict[tuple[str, str, int], list[float]] = {}
    lengths: dict[tuple[str, str, int], int] = {}
    places = pages_at(next(iter(addresses.values())))
    with ExitStack() as stack:
        sites = {size: stack.enter_context(Site(url)) for size, url in addresses.items()}
        visitors = {
            (role, size): Visitor(site.url, name, PASSWORD)
            for size, site in sites.items()
            for role, name in PEOPLE.items()
        }
        for turn in range(rounds + 1):
            for page, role in rows():
                for size in sites:
                    taken, length = visitors[role, size].opens(places[page])
                    if turn:  # the first visit writes the session, and warms every cache
                        times.setdefault((page, role, size), []).append(taken)
                        lengths[page, role, size] = length
    queries = {size: _counted_apart(url) for size, url in addresses.items()}
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


def _counted_apart(url: str) -> dict[str, int]:
    command = [sys.executable, "-m", "bench.pages", "--count"]
    done = subprocess.run(  # noqa: S603  # ourselves
        command, env=environment(url), check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, int] = json.loads(done.stdout)
    return found


def counted() -> dict[str, int]:
    """Queries of every page and role on the database of this process."""
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from units.models import User

    clients = {role: Client(headers={"host": "127.0.0.1"}) for role in PEOPLE}
    for role, client in clients.items():
        client.force_login(User.objects.get(username=PEOPLE[role]))
        client.get("/notices/")  # the session is written once; what follows is an ordinary visit
    places, found = pages_at(os.environ["DATABASE_URL"]), {}
    for page, role in rows():
        clients[role].get(places[page], follow=True)  # what a first visit writes down, it does once
        with CaptureQueriesContext(connection) as queries:
            response = clients[role].get(places[page], follow=True)
        assert response.status_code == 200, (page, role)
        found[f"{page} {role}"] = len(queries)
    return found


def excess(found: list[dict[str, Any]]) -> list[str]:
    """What a page has too much of."""
    smallest = min(row["items"] for row in found)
    largest = max(row["items"] for row in found)
    least = {(r["page"], r["role"]): r["median_ms"] for r in found if r["items"] == smallest}
    said = []
    for row in found:
        name = f"{row['page']} {row['role']} {row['items']}项"
        ratio = row["median_ms"] / least[row["page"], row["role"]]
        if row["queries"] > CEILING:
            said.append(f"{name}：{row['queries']}次查询，应不超过{CEILING}次")
        if row["items"] == largest and ratio > SLOWEST:
            said.append(f"{name}：中位用时为{smallest}项时的{ratio:.2f}倍，应不超过{SLOWEST}倍")
    return said


def _table(found: list[dict[str, Any]]) -> str:
    lines = [f"{'page':10}{'role':10}{'items':>7}{'median':>9}{'p95':>9}{'queries':>9}{'bytes':>9}"]
    for row in found:
        times = f"{row['median_ms']:>9}{row['p95_ms']:>9}"
        name = f"{row['page']:10}{row['role']:10}{row['items']:>7}"
        lines.append(f"{name}{times}{row['queries']:>9}{row['bytes']:>9}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
