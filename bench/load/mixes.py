"""Many people at once: 50 of every kind on an ordinary day, and 200 in the last hour of a month."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from random import Random
from typing import Any

import psycopg2

from bench.load.forms import Typist
from bench.load.processes import cpu_ms
from bench.load.site import Answer, Refused, Site, Visitor
from bench.page_list import PEOPLE, addresses_at

EVERYDAY, LAST_HOUR = 50, 200
REQUESTS = 600  # of the everyday mix
PACE, LASTS = 10.0, 60.0  # seconds between two saves of one person, and of the whole
# page, role, how often among a hundred
DAY: Sequence[tuple[str, str, int]] = (
    ("desk", "reporter", 18),
    ("ledger", "reporter", 10),
    ("item", "reporter", 16),
    ("form", "reporter", 14),
    ("ten", "signer", 6),
    ("item", "signer", 8),
    ("ledger of a unit", "office", 6),
    ("review", "office", 6),
    ("office", "office", 4),
    ("search", "office", 4),
    ("overview", "leader", 5),
    ("item", "leader", 3),
)
WRITERS = """
SELECT DISTINCT ON (r.id) r.id, u.username FROM progress_progressreport r
JOIN progress_period p ON p.id = r.period_id
JOIN tasks_plan plan ON plan.id = p.plan_id AND plan.slug = '2022'
JOIN tasks_responsibility h ON h.id = r.responsibility_id
JOIN units_appointment a ON a.unit_id = h.unit_id AND a.role = 'reporter' AND a.ends_on IS NULL
JOIN units_user u ON u.id = a.user_id
WHERE r.state IN ('draft', 'returned') AND r.duty = 'main'
  AND p.data_as_of = (SELECT max(data_as_of) FROM progress_period WHERE plan_id = plan.id)
ORDER BY r.id
"""


def mixed(database: str, site: Site, postmaster: int, password: str) -> list[dict[str, Any]]:
    """A row for each kind of crowd."""
    return [each(database, site, postmaster, password) for each in (everyday, last_hour)]


def everyday(database: str, site: Site, postmaster: int, password: str) -> dict[str, Any]:
    """50 people who open one page after another without a pause."""
    places, choice = addresses_at(database), Random(2022)  # noqa: S311  # the same pages each time
    roles = [role for _, role, weight in DAY for _ in range(weight)]
    people = []
    for role in choice.sample(roles, EVERYDAY):
        own = [(page, weight) for page, of, weight in DAY if of == role]
        pages, weights = [page for page, _ in own], [weight for _, weight in own]
        chosen = choice.choices(pages, weights, k=REQUESTS // EVERYDAY)
        people.append((Visitor(site).logs_in(PEOPLE[role], password), chosen))

    def opens(person: tuple[Visitor, Sequence[str]]) -> list[Answer | None]:
        visitor, chosen = person
        return [_or_none(partial(visitor.opens, places[page])) for page in chosen]

    return _measured("everyday", site, postmaster, [partial(opens, person) for person in people])


def last_hour(database: str, site: Site, postmaster: int, password: str) -> dict[str, Any]:
    """200 people at their forms, each saved every ten seconds; at the end they send; meanwhile
    signers and the office look at their lists and leaders at 总览.
    """
    connection = psycopg2.connect(database)
    with connection.cursor() as cursor:
        cursor.execute(WRITERS)
        written = cursor.fetchall()
    connection.close()
    typists: list[Typist] = []
    while len(typists) < LAST_HOUR:
        typists += _at_their_forms(site, password, written[: LAST_HOUR - len(typists)])
    places = addresses_at(database)
    lookers = [
        (Visitor(site).logs_in(PEOPLE[role], password), places[page])
        for role, page in (("signer", "desk"), ("office", "office"), ("leader", "overview"))
    ]
    begun = time.monotonic() + 1

    def types(place: int, typist: Typist) -> list[Answer | None]:
        answers = []
        first = begun + PACE * place / LAST_HOUR  # spread over the pace, as people are
        for turn in range(int(LASTS / PACE)):
            time.sleep(max(0.0, first + turn * PACE - time.monotonic()))
            answers.append(_or_none(typist.saves))
        answers.append(_or_none(typist.submits))
        return answers

    def looks(visitor: Visitor, address: str) -> list[Answer | None]:
        answers = []
        while time.monotonic() < begun + LASTS:
            answers.append(_or_none(partial(visitor.opens, address)))
            time.sleep(PACE / 2)
        return answers

    work = [partial(types, place, typist) for place, typist in enumerate(typists)]
    work += [partial(looks, *looker) for looker in lookers]
    return _measured("last hour", site, postmaster, work)


def _at_their_forms(site: Site, password: str, written: Sequence[tuple[int, str]]) -> list[Typist]:
    """One person at each form; who starts in another unit, and cannot see it, is left out."""
    typists = []
    for report, name in written:
        with suppress(Refused):
            visitor = Visitor(site).logs_in(name, password)
            typists.append(Typist(visitor, f"/2022/reports/{report}/"))
    return typists


def _measured(
    name: str, site: Site, postmaster: int, work: Sequence[Callable[[], list[Answer | None]]]
) -> dict[str, Any]:
    cpu, database, begun = site.cpu_ms(), cpu_ms(postmaster), time.monotonic()
    with ThreadPoolExecutor(len(work)) as pool:
        answers = [answer for each in pool.map(lambda one: one(), work) for answer in each]
    seconds = time.monotonic() - begun
    cpu, database = site.cpu_ms() - cpu, cpu_ms(postmaster) - database
    return {
        "mix": name,
        "requests_per_second": round(len(answers) / seconds, 1),
        "cpu_ms": round((cpu + database) / len(answers), 1),
        "cores": round((cpu + database) / seconds / 1000, 2),
        "errors": answers.count(None) + sum(a.status >= 500 for a in answers if a is not None),
        "worker_mb": round(site.workers_mb()),
    }


def _or_none(ask: Callable[[], Answer]) -> Answer | None:
    try:
        return ask()
    except (Refused, OSError):
        return None
