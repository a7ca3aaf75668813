"""One measurement: sites of every size and state of the code, in turn beside the floor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from bench.databases import HERE, ITEMS
from bench.load.acts import Way
from bench.load.cells import Cell, Meter
from bench.load.forms import Typist
from bench.load.mixes import mixed
from bench.load.processes import postmaster_of
from bench.load.site import Answer, Floor, Site, Visitor
from bench.page_counts import apart, counted_apart
from bench.page_list import PEOPLE, address_of, addresses_at, states, title_of
from tests.servers import RedisServer

PASSWORD = "Shili-2022"  # noqa: S105  # of every account of the sample
CROWDS = (1, 8)  # connections at once
TIMES, FLOOR_TIMES = 8, 240  # requests a turn: CPU is read in steps of 10 ms
At = tuple[str, int]  # state of the code, plans
Sites = Mapping[At, Site]
People = Mapping[tuple[str, str, int], Sequence[Visitor]]
# page, role, cold or kept, state of the code, plans, connections
Kind = tuple[str, str, str, str, int, int]


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
        self._ways: dict[At, Way] = {}
        self._visits = count()

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
            self._ways = {
                at: Way.at(self._databases[at[1]], {role: people[role, *at][0] for role in PEOPLE})
                for at in sites
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
            for page, role, state in states():
                ask = partial(self._opens, page=page, state=state)
                for at in places[first:] + places[:first]:
                    cell = self._cells[(page, role, state, *at, crowd)]
                    asking = people[role, *at][:crowd]
                    self._meter.measure(cell, sites[at], asking, ask, TIMES // crowd)
        for at, site in sites.items():
            typist = Typist(people["reporter", *at][0], self._places["form"])
            cell = self._cells[("autosave", "reporter", "cold", *at, 1)]
            writer = people["reporter", *at][:1]
            self._meter.measure(cell, site, writer, partial(_saves, typist), TIMES)
            for step in self._ways[at].turn():
                cell = self._cells[(step.act, step.role, "cold", *at, 1)]
                actor = people[step.role, *at][:1]
                self._meter.measure(cell, site, actor, step.ask, step.times)

    def _opens(self, visitor: Visitor, page: str, state: str) -> Answer:
        address = address_of(self._places[page], state, next(self._visits))
        return visitor.opens(address, title_of(page))

    def _figures(self) -> list[dict[str, Any]]:
        costs = {
            (code, size): counted_apart(url, checkout)
            for code, checkout in self._codes.items()
            for size, url in self._databases.items()
        }
        found = []
        for (page, role, state, code, size, crowd), cell in self._cells.items():
            floor = self._floor[crowd].figures()
            cost = costs[code, size][f"{page} {role} {state}"]
            names = {"page": page, "role": role, "items": size * ITEMS, "state": state}
            least = {"floor_cpu_ms": round(floor["cpu_ms"] + floor["db_ms"], 2)}
            of_code = {"code": code, "connections": crowd}
            found.append(names | of_code | cell.figures() | least | cost._asdict())
        return found + self._done_once()

    def _done_once(self) -> list[dict[str, Any]]:
        """The acts of bench/once.py; beside the floor of one connection."""
        floor = self._floor[1].figures()
        least = {"floor_cpu_ms": round(floor["cpu_ms"] + floor["db_ms"], 2), "connections": 1}
        return [
            {"page": act, "role": "office", "items": size * ITEMS, "state": "cold", "code": code}
            | figures
            | least
            for code, checkout in self._codes.items()
            for size, url in self._databases.items()
            for act, figures in apart("bench.once", "measured", url, checkout).items()
        ]


def _saves(typist: Typist, visitor: Visitor) -> Answer:
    """The form of `visitor`, which is open."""
    return typist.saves()
