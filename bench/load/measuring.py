"""One measurement: sites of every size and state of the code, in turn beside the floor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from bench.databases import HERE, ITEMS
from bench.load.cells import Cell, Meter
from bench.load.forms import Typist
from bench.load.mixes import mixed
from bench.load.processes import postmaster_of
from bench.load.site import Answer, Floor, Site, Visitor
from bench.page_counts import counted_apart
from bench.page_list import PEOPLE, addresses_at, rows, title_of
from tests.servers import RedisServer

PASSWORD = "Shili-2022"  # noqa: S105  # of every account of the sample
CROWDS = (1, 8)  # connections at once
TIMES, FLOOR_TIMES = 8, 240  # requests a turn: CPU is read in steps of 10 ms
At = tuple[str, int]  # state of the code, plans
Sites = Mapping[At, Site]
People = Mapping[tuple[str, str, int], Sequence[Visitor]]
Kind = tuple[str, str, str, int, int]  # page, role, state of the code, plans, connections


class Measurement:
    """The sites, one a size and state of the code, asked in turn beside the floor."""

    def __init__(self, databases: dict[int, str], rounds: int, before: Path | None) -> None:
        self._databases, self._rounds = databases, rounds
        self._codes = {"now": HERE} | ({"before": before} if before else {})
        first = next(iter(databases.values()))
        self._places = addresses_at(first)
        self._postmaster = postmaster_of(first)
        self._meter = Meter(self._postmaster)
        self._cells: dict[Kind, Cell] = defaultdict(Cell)
        self._floor: dict[int, Cell] = defaultdict(Cell)

    def rows(self) -> list[dict[str, Any]]:
        """A row for every page, role, size, number of connections and state; then the mixes."""
        with ExitStack() as stack:
            redis = stack.enter_context(RedisServer()).url
            sites = {
                (code, size): stack.enter_context(Site(url, redis, checkout))
                for code, checkout in self._codes.items()
                for size, url in self._databases.items()
            }
            smallest = next(iter(self._databases))
            floor = stack.enter_context(Floor(self._databases[smallest], redis))
            people = {
                (role, *at): [Visitor(site).logs_in(name, PASSWORD) for _ in range(max(CROWDS))]
                for at, site in sites.items()
                for role, name in PEOPLE.items()
            }
            for turn in range(-1, self._rounds):  # the first writes sessions and fills caches
                if turn == 0:
                    self._cells.clear()
                    self._floor.clear()
                self._turn(turn, sites, people, floor)
            pages = self._figures()
            mixes = [
                {"code": code, "items": size * ITEMS} | each
                for (code, size), site in sites.items()
                for each in mixed(self._databases[size], site, self._postmaster, PASSWORD)
            ]
        return [*pages, *mixes]

    def _turn(self, turn: int, sites: Sites, people: People, floor: Floor) -> None:
        places = list(sites)
        first = turn % len(places)  # nobody always comes after the same neighbour
        for crowd in CROWDS:
            raw = [Visitor(floor) for _ in range(crowd)]
            ask = partial(Visitor.opens, address="/", title="任务台账")
            self._meter.measure(self._floor[crowd], floor, raw, ask, FLOOR_TIMES // crowd)
            for page, role in rows():
                ask = partial(Visitor.opens, address=self._places[page], title=title_of(page))
                for at in places[first:] + places[:first]:
                    cell = self._cells[(page, role, *at, crowd)]
                    asking = people[role, *at][:crowd]
                    self._meter.measure(cell, sites[at], asking, ask, TIMES // crowd)
        for at, site in sites.items():
            typist = Typist(people["reporter", *at][0], self._places["form"])
            cell = self._cells[("autosave", "reporter", *at, 1)]
            writer = people["reporter", *at][:1]
            self._meter.measure(cell, site, writer, partial(_saves, typist), TIMES)

    def _figures(self) -> list[dict[str, Any]]:
        costs = {
            (code, size): counted_apart(url, checkout)
            for code, checkout in self._codes.items()
            for size, url in self._databases.items()
        }
        found = []
        for (page, role, code, size, crowd), cell in self._cells.items():
            floor = self._floor[crowd].figures()
            cost = costs[code, size][f"{page} {role}"]
            names = {"page": page, "role": role, "items": size * ITEMS, "state": "cold"}
            least = {"floor_cpu_ms": round(floor["cpu_ms"] + floor["db_ms"], 2)}
            of_code = {"code": code, "connections": crowd}
            found.append(names | of_code | cell.figures() | least | cost._asdict())
        return found


def _saves(typist: Typist, visitor: Visitor) -> Answer:
    """The form of `visitor`, which is open."""
    return typist.saves()
