"""The floor: what a page costs at least under the same server and database.

A WSGI application without Django: the row of the session, one SELECT of the items, a table by
f-strings. No right is asked and nothing is escaped beyond the text. Beside it every page of ours
is read as so many times the floor, which other machines and busier hours leave standing.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from html import escape
from http.cookies import SimpleCookie
from typing import Any

import psycopg2

_kept = threading.local()  # one connection to a thread, kept

SESSION = "SELECT session_data FROM django_session WHERE session_key = %s"
ROWS = """
SELECT t.number, t.text, coalesce(string_agg(u.name, '、' ORDER BY u.name), '')
FROM tasks_task t
JOIN tasks_plan p ON p.id = t.plan_id AND p.slug = '2022'
LEFT JOIN tasks_responsibility r ON r.task_id = t.id AND r.role = 'lead'
LEFT JOIN units_unit u ON u.id = r.unit_id
GROUP BY t.id ORDER BY t.kind, t.number
"""


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """One page: the table of all items of the plan 2022."""
    cookie = SimpleCookie(environ.get("HTTP_COOKIE", ""))
    key = cookie["session"].value if "session" in cookie else ""
    if not hasattr(_kept, "connection"):
        _kept.connection = psycopg2.connect(os.environ["DATABASE_URL"])
        _kept.connection.autocommit = True
    with _kept.connection.cursor() as cursor:
        cursor.execute(SESSION, [key])
        cursor.fetchone()
        cursor.execute(ROWS)
        lines = [
            f"<tr><td>{number}</td><td>{escape(text)}</td><td>{escape(units)}</td></tr>"
            for number, text, units in cursor.fetchall()
        ]
    page = f"<!doctype html><title>任务台账</title><table>{''.join(lines)}</table>".encode()
    head = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(page)))]
    start_response("200 OK", head)
    return [page]
