"""How many queries a page costs, counted in a process of its own on one database."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from bench.databases import environment
from bench.page_list import PEOPLE, addresses_at, rows


def counted_apart(database: str) -> dict[str, int]:
    """`counted` on `database`; what that process logs is shown only when it fails."""
    command = [sys.executable, "-m", "bench.pages", "--count"]
    done = subprocess.run(  # noqa: S603  # this Python and a module of ours
        command, env=environment(database), check=False, capture_output=True, text=True
    )
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
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
    places, found = addresses_at(os.environ["DATABASE_URL"]), {}
    for page, role in rows():
        clients[role].get(places[page])  # the session is written once; an ordinary visit follows
        with CaptureQueriesContext(connection) as queries:
            response = clients[role].get(places[page])
        assert response.status_code == 200, (page, role)
        found[f"{page} {role}"] = len(queries)
    return found
