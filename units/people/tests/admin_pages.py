"""Addresses, log entries and appointments, for the tests of 系统管理."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client
from django.urls import reverse

from units.models import (
    LogEntry,
    User,
)


def address(kind: str, page: str, *args: Any) -> str:
    return reverse(f"admin:units_{kind}_{page}", args=args)


def changes(action: str) -> Any:
    return json.loads(LogEntry.objects.get(action=action).payload)["changes"]


def appoint(client: Client, user: User, **fields: Any) -> str:
    """The page after asking for a new appointment."""
    posted = {"user": user.pk, "role": "office", "starts_on": "2022-08-01", **fields}
    return client.post(address("appointment", "add"), posted, follow=True).content.decode()
