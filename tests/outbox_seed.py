"""Notices that wait to be sent, for fault tests. `python -m tests.outbox_seed COUNT` makes them in
the database that DATABASE_URL names and prints nothing.
"""

from __future__ import annotations

import os
import sys
from datetime import date

import django

DAY = date(2022, 8, 3)


def make_notices(count: int) -> None:
    """`count` people, each with an address and one notice."""
    from progress.models import Reminder
    from units.models import User

    for place in range(count):
        name = f"示例{place}"
        person = User.objects.create(
            username=name, display_name=name, email=f"u{place}@sample.invalid"
        )
        Reminder.objects.create(
            subject=f"trial:{place}",
            rung="notice",
            recipient=person,
            due_on=DAY,
            is_immediate=True,
            text=f"示例：第{place}条",
        )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huangshi_tasks.settings")
    django.setup()
    make_notices(int(sys.argv[1]))
