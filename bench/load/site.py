"""What is measured, served by gunicorn as in production, and somebody who opens its pages."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from pathlib import Path
from time import perf_counter
from typing import NamedTuple
from urllib.parse import urlencode

from bench.databases import HERE, environment
from bench.load.processes import cpu_ms, workers_mb
from tests.servers import Server

WORKERS = 2


class Site(Server):
    """The product. `checkout`: where the code stands, for a state of it beside this one."""

    name = "site"
    application = "huangshi_tasks.wsgi"

    def __init__(self, database: str, redis: str, checkout: Path = HERE) -> None:
        super().__init__()
        self._environment = environment(database) | {"REDIS_URL": redis}
        self._checkout = checkout

    def command(self) -> list[str]:
        given = [f"{name}={value}" for name, value in self._environment.items()]
        options = [*self.options(), "--workers", str(WORKERS), "-b", f"127.0.0.1:{self.port}"]
        gunicorn = [sys.executable, "-m", "gunicorn", self.application, *options]
        return ["/usr/bin/env", "-C", str(self._checkout), "-i", *given, *gunicorn]

    def options(self) -> list[str]:
        """As in production."""
        return ["-c", "python:huangshi_tasks.gunicorn_conf"]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def cpu_ms(self) -> float:
        """CPU of all its processes so far."""
        return cpu_ms(self.pid)

    def workers_mb(self) -> float:
        """Memory of its workers together."""
        return workers_mb(self.pid)


class Floor(Site):
    """The raw page of bench/load/floor.py under the same server."""

    name = "floor"
    application = "bench.load.floor"

    def options(self) -> list[str]:
        """The same kind of worker with as many threads, and nothing of the product."""
        from huangshi_tasks import gunicorn_conf  # not of the state beside this one

        return ["-k", "gthread", "--threads", str(gunicorn_conf.threads), "--no-control-socket"]


class Refused(Exception):  # noqa: N818  (not a fault of the bench)
    """An answer that is not what was asked for."""


class Answer(NamedTuple):
    """What came back: milliseconds until the last byte, the text, its length on the wire."""

    ms: float
    status: int
    text: str
    wire_bytes: int
    location: str


class Visitor:
    """One person's browser: cookies, a connection that is kept, gzip understood."""

    def __init__(self, site: Site) -> None:
        self._site, self._cookies = site, dict[str, str]()
        self._connection = HTTPConnection("127.0.0.1", site.port, timeout=120)

    def logs_in(self, name: str, password: str) -> Visitor:
        """As people do; raises Refused."""
        self.opens("/login/", "登录")
        answer = self.posts("/login/", {"username": name, "password": password})
        if answer.status != 302:
            raise Refused(f"{name} is not let in: {answer.status}")
        return self

    def opens(self, address: str, title: str = "") -> Answer:
        """A page whose title begins with `title`; raises Refused for anything else."""
        answer = self._ask("GET", address)
        if answer.status != 200 or (f"<title>{title}" not in answer.text and title):
            raise Refused(f"{address} is not “{title}” ({answer.status})")
        return answer

    def downloads(self, address: str) -> Answer:
        """A file; raises Refused."""
        answer = self._ask("GET", address)
        if answer.status != 200:
            raise Refused(f"{address}: {answer.status}")
        return answer

    def posts(self, address: str, fields: Mapping[str, str]) -> Answer:
        """A form with the token of this browser; the answer is not followed."""
        fields = {**fields, "csrfmiddlewaretoken": self._cookies.get("csrftoken", "")}
        return self._ask("POST", address, urlencode(fields))

    def _ask(self, method: str, address: str, body: str | None = None) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        head = {"Cookie": cookies, "Accept-Encoding": "gzip", "Referer": self._site.url}
        head |= {"Host": f"127.0.0.1:{self._site.port}"}
        if body is not None:
            head |= {"Content-Type": "application/x-www-form-urlencoded", "X-In-Place": "1"}
        begun = perf_counter()
        try:
            response = self._sent(method, address, body, head)
        except (ConnectionError, OSError):  # the server ends a connection that was silent
            self._connection.close()
            response = self._sent(method, address, body, head)
        raw = response.read()
        taken = (perf_counter() - begun) * 1000
        for line in response.headers.get_all("Set-Cookie", []):
            self._cookies |= {name: each.value for name, each in SimpleCookie(line).items()}
        plain = gzip.decompress(raw) if response.headers["Content-Encoding"] == "gzip" else raw
        text = plain.decode("utf-8", "replace")
        return Answer(taken, response.status, text, len(raw), response.headers["Location"] or "")

    def _sent(
        self, method: str, address: str, body: str | None, head: Mapping[str, str]
    ) -> HTTPResponse:
        self._connection.request(method, address, body, dict(head))
        return self._connection.getresponse()
