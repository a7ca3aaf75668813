"""The server that browsers are tested with: it knows what it is still answering.

Django's has a thread for each connection and forgets it; a request that was under way when a test
ended went on in the database of the next one, or in one that was just being dropped.
"""

from __future__ import annotations

import time
from threading import Thread
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer
from pytest_django.live_server_helper import LiveServer

SECONDS = 30


class CountingServer(ThreadedWSGIServer):
    """Keeps the threads of its open connections."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answering: list[Thread] = []

    def process_request(self, request: Any, client_address: Any) -> None:
        thread = Thread(
            target=self.process_request_thread, args=(request, client_address), daemon=True
        )
        self.answering = [each for each in self.answering if each.is_alive()] + [thread]
        thread.start()


class BrowserServer(LiveServer):
    """Started on a free port; `settle` when the windows are shut."""

    def __init__(self) -> None:
        super().__init__("localhost", start=False)
        self.thread.server_class = CountingServer
        self.start()

    def settle(self) -> None:
        """Wait until every connection has ended, and with it its session in the database."""
        ends = time.monotonic() + SECONDS
        server: Any = self.thread.httpd
        for thread in list(server.answering):
            thread.join(max(0.0, ends - time.monotonic()))
            assert not thread.is_alive(), "a request was not answered when its test had ended"

    def stop(self) -> None:
        self.thread.httpd.shutdown()
        self.settle()
        super().stop()
