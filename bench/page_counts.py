"""What a page costs whatever the machine: queries, their text, model objects; counted in a process
of its own on one database.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bench.databases import HERE, environment
from bench.load.forms import read_form
from bench.page_list import PEOPLE, addresses_at, rows

if TYPE_CHECKING:
    from django.test import Client


class Cost(NamedTuple):
    """Of one visit: queries, KB of SQL with its parameters, model objects made."""

    queries: int
    sql_kb: float
    objects: int


@contextmanager
def counting() -> Iterator[Callable[[], Cost]]:
    """Count what happens inside; the figure so far is asked for."""
    from django.db import connection
    from django.db.models.signals import post_init
    from django.test.utils import CaptureQueriesContext

    made = 0

    def one_more(**_: Any) -> None:
        nonlocal made
        made += 1

    post_init.connect(one_more)
    try:
        with CaptureQueriesContext(connection) as queries:
            yield lambda: Cost(len(queries), sum(len(each["sql"]) for each in queries) / 1024, made)
    finally:
        post_init.disconnect(one_more)


# `bench` is ours whatever the state of the product that is counted.
APART = """
import json, sys
sys.path[:0] = [{here!r}]
from bench.page_counts import counted
sys.path[0] = {checkout!r}
print(json.dumps(counted()))
"""


def counted_apart(database: str, checkout: Path) -> dict[str, Cost]:
    """`counted` on `database` by the code of `checkout`; what that process logs is shown only when
    it fails.
    """
    code = APART.format(here=str(HERE), checkout=str(checkout))
    done = subprocess.run(  # noqa: S603  # this Python and the lines above
        [sys.executable, "-c", code],
        env=environment(database),
        cwd=checkout,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return {name: Cost(*found) for name, found in json.loads(done.stdout).items()}


def counted() -> dict[str, Cost]:
    """What every page and role costs on the database of this process."""
    import django

    django.setup()
    from django.test import Client

    from units.models import User

    clients = {role: Client(headers={"host": "127.0.0.1"}) for role in PEOPLE}
    for role, client in clients.items():
        client.force_login(User.objects.get(username=PEOPLE[role]))
    places, found = addresses_at(os.environ["DATABASE_URL"]), {}
    for page, role in rows():
        clients[role].get(places[page])  # the session is written once; an ordinary visit follows
        with counting() as cost:
            response = clients[role].get(places[page])
        assert response.status_code == 200, (page, role)
        found[f"{page} {role}"] = cost()
    found["autosave reporter"] = _of_autosave(clients["reporter"], places["form"])
    return found


def _of_autosave(client: Client, address: str) -> Cost:
    for turn in range(2):
        form = read_form(client.get(address).content.decode())
        values = form.values | {"progress": f"{form.values['progress'].strip()}{turn}。"}
        with counting() as cost:
            response = client.post(form.address, values)
        assert response.status_code == 200, response.status_code
    return cost()
