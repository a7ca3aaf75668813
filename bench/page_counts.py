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
from bench.load.acts import Way
from bench.load.forms import Typist
from bench.load.site import Answer, Visitor
from bench.page_list import PEOPLE, address_of, addresses_at, states

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
from {module} import {name}
sys.path[0] = {checkout!r}
print(json.dumps({name}()))
"""


def counted_apart(database: str, checkout: Path) -> dict[str, Cost]:
    """`counted` on `database` by the code of `checkout`."""
    found = apart("bench.page_counts", "counted", database, checkout)
    return {name: Cost(*figures) for name, figures in found.items()}


def apart(module: str, name: str, database: str, checkout: Path) -> dict[str, Any]:
    """What the function of the bench says in a process of its own; what that process logs is shown
    only when it fails.
    """
    code = APART.format(here=str(HERE), checkout=str(checkout), module=module, name=name)
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
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def counted() -> dict[str, Cost]:
    """What every page, role and state costs on the database of this process."""
    import django

    django.setup()
    from django.test import Client

    from units.models import User

    clients = {role: Client(headers={"host": "127.0.0.1"}) for role in PEOPLE}
    for role, client in clients.items():
        client.force_login(User.objects.get(username=PEOPLE[role]))
    places, found = addresses_at(os.environ["DATABASE_URL"]), {}
    for page, role, state in states():
        clients[role].get(places[page])  # the session is written once; an ordinary visit follows
        with counting() as cost:
            response = clients[role].get(address_of(places[page], state, 1))
        assert response.status_code == 200, (page, role)
        found[f"{page} {role} {state}"] = cost()
    return found | _of_acts(clients, places["form"])


def _of_acts(clients: dict[str, Client], form: str) -> dict[str, Cost]:
    """Each twice, the second time counted: by then what can be remembered is."""
    people = {role: InProcess(client) for role, client in clients.items()}
    found = {}
    for _ in range(2):
        typist = Typist(people["reporter"], form)
        with counting() as cost:
            typist.saves()
        found["autosave reporter cold"] = cost()
        for step in Way.at(os.environ["DATABASE_URL"], people).turn():
            for _ in range(step.times):
                with counting() as cost:
                    step.ask(people[step.role])
            found[f"{step.act} {step.role} cold"] = cost()
    return found


class InProcess(Visitor):
    """The same browser without a server."""

    def __init__(self, client: Client) -> None:
        self._client, self._cookies = client, {}  # it is not asked for a token

    def _ask(self, method: str, address: str, body: str | None = None) -> Answer:
        kind = "application/x-www-form-urlencoded"
        response = self._client.generic(
            method, address, body or "", content_type=kind, headers={"X-In-Place": "1"}
        )
        text = response.content.decode("utf-8", "replace")
        return Answer(0, response.status_code, text, 0, response.get("Location", ""))
