"""From due to the mail server: 10,000 notices on PostgreSQL, one worker's loop, a real SMTP sink.

`bin/bench reminders [--count N] [--json]`. Dwell is the time from the moment a message is made to
the moment at which the server has it. Needs PostgreSQL: its own instance is started.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import subprocess
import sys
from statistics import median, quantiles
from time import perf_counter
from typing import Any

COUNT = 10_000


class Sink:
    """Counts what arrives, and when."""

    def __init__(self) -> None:
        self.arrived: list[float] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.arrived.append(perf_counter())
        return "250 OK"


def main() -> int:
    """Start what is needed, measure in a process of its own, print."""
    parser = argparse.ArgumentParser(prog="bin/bench reminders")
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        found = measure(options.count)
        print(json.dumps(found) if options.json else _table(found))
        return 0
    from tests.postgres import PostgresServer

    with PostgresServer() as server:
        environment = os.environ | {"DATABASE_URL": server.url}
        command = [sys.executable, "-m", "bench.reminders", "--measure", *sys.argv[1:]]
        return subprocess.call(command, env=environment)  # noqa: S603  # ourselves


def measure(count: int) -> dict[str, float]:
    """Make `count` notices, turn the schedule's own functions once, and time each message."""
    from aiosmtpd.controller import Controller

    from tests.servers import free_port

    logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd tells every line
    sink, port = Sink(), free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "huangshi_tasks.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    begun, ended = _send(count)
    controller.stop()
    dwell = [moment - begun for moment in sink.arrived]
    assert len(dwell) == count, f"{len(dwell)} of {count} arrived"
    return {
        "messages": count,
        "median_s": round(median(dwell), 2),
        "p99_s": round(quantiles(dwell, n=100)[98], 2),
        "per_second": round(count / (ended - begun), 1),
    }


def _send(count: int) -> tuple[float, float]:
    """When the rows became due, and when the last was marked."""
    from datetime import datetime

    from huangshi_tasks.lib.clock import SHANGHAI
    from progress.reminding import messages, outbox
    from tests.outbox_seed import DAY, make_notices

    make_notices(count)
    now = datetime(DAY.year, DAY.month, DAY.day, 9, tzinfo=SHANGHAI)
    begun = perf_counter()
    messages.make_notices(now=now, at=now)
    outbox.deliver(at=now, ladder_too=False, most=count)
    return begun, perf_counter()


def _table(found: dict[str, float]) -> str:
    return "\n".join(f"{name:12} {value}" for name, value in found.items())


if __name__ == "__main__":
    sys.exit(main())
