"""What a page costs in queries, and which tables it reads from end to end."""

from __future__ import annotations

import re
from collections import defaultdict

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huangshi_tasks.lib import clock
from units.models import Appointment, Stamp, User
from units.stamps.shown import LIVE

CEILING = 25
MOST_SQL_KB = 20
# A page that is not kept, asked for by a process that has seen the plan since it was last written,
# after somebody has reported something: queries, the frame's own two among them.
READING, FORM = 8, 12
MOST_QUERIES = {"form": FORM, "review": FORM, "tasks.xlsx": FORM}  # what leaves is logged
MOST_QUERIES["ledger now"] = 13  # what stands now is judged, as 定稿 would
MOST_OBJECTS, MOST_OBJECTS_NOW = 200, 400
# Of an act, likewise: queries and model objects.
MOST_OF_ACTS = {
    "autosave": (12, 30),
    "correct": (20, 30),
    "submit": (30, 90),
    "sign": (16, 20),
    "accept": (46, 260),  # with the one before, which is carried out, and the queue
}
# Of 定稿, an item; of 催办, something overdue.
MOST_OF_MANY = {"finalize": (32, 10), "urge": (20, 16)}


def others_report() -> None:
    """What is on its way is another than a moment ago."""
    Stamp.objects.create(topic=LIVE, n=1)


def client_of(role: str, unit: str = "") -> Client:
    held = Appointment.objects.on(clock.today()).filter(role=role)
    if unit:
        held = held.filter(unit__name=unit)
    client = Client()
    client.force_login(User.objects.get(pk=held.order_by("pk")[0].user_id))
    client.get("/notices/")  # the session is written once; what follows is an ordinary visit
    return client


def cost(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(queries)


PAGES = [
    "/2022/desk/",
    "/2022/duties/",
    "/2022/tasks/",
    "/2022/tasks/?light=slow&q=1",
    "/2022/tasks/52/",
    "/2022/tasks/126/",
    "/2022/projects/",
    "/2022/projects/3/",
    "/2022/workbooks/",
    "/2022/matters/",
    "/2022/orders/",
    "/2022/urges/",
    "/notices/",
    "/password/",
]


def read_whole(statement: str) -> set[str]:
    """Growing tables that SQLite reads from end to end for a query. An alias that also stands for
    a table that may be read whole is left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        steps = [step for *_, step in cursor.fetchall() if step.startswith("SCAN ")]
    meant: dict[str, set[str]] = defaultdict(set)
    for table, alias in re.findall(r'"(\w+)" ([UVT]\d+)\b', statement):
        meant[alias].add(table)
    names = {step.split()[1] for step in steps if " USING " not in step}
    tables = (meant.get(name, {name}) for name in names)
    return set().union(*(those for those in tables if those <= GROWING))


GROWING = {
    "progress_progressreport",
    "progress_reportversion",
    "progress_reading",
    "progress_milestonereading",
    "progress_taskperiod",
    "progress_reminder",
    "progress_message",
    "progress_closure",
    "progress_adjustment",
    "units_logentry",
}
