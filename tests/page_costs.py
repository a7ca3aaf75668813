"""What a page costs in queries, and which tables it reads from end to end."""

from __future__ import annotations

import re
from collections import defaultdict

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huangshi_tasks.lib import clock
from units.models import Appointment, User

CEILING = 25
MOST_SQL_KB = 45
# Model objects of one visit; what is to come down stands highest.
MOST_OBJECTS = {
    "overview": 2000,
    "office": 2600,
    "unit": 1400,
    "ledger": 1300,
    "ledger of a unit": 1300,
    "item": 220,
    "desk": 900,
    "form": 120,
    "review": 220,
    "ten": 1400,
    "search": 1100,
    "tasks.xlsx": 1800,
}


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
