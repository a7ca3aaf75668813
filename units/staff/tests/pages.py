"""What the administrator sends from the pages of 人员, and what the log keeps of it."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

from units.models import LogEntry, User

PEOPLE = "/people/"


def of(user: User) -> str:
    return f"{PEOPLE}{user.pk}/"


def do(client: Client, whose: User, act: str, **fields: Any) -> HttpResponse:
    """The answer to one act."""
    return client.post(of(whose), {"act": act, **fields})  # type: ignore[return-value]


def appoint(client: Client, user: User, **fields: Any) -> str:
    """The page after asking for a new appointment."""
    posted = {"act": "appoint", "role": "office", "starts_on": "2022-08-01", **fields}
    return client.post(of(user), posted, follow=True).content.decode()


def changes(action: str) -> Any:
    return json.loads(LogEntry.objects.get(action=action).payload)["changes"]
