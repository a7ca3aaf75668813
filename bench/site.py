"""The site served by gunicorn, and somebody who opens its pages over HTTP."""

from __future__ import annotations

import sys
from http.cookiejar import CookieJar
from time import perf_counter
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from bench.databases import environment
from tests.servers import Server


class Site(Server):
    """gunicorn as in production, without the schedule that `bin/demo` runs in its process."""

    name = "site"

    def __init__(self, database: str) -> None:
        super().__init__()
        self._environment = environment(database)

    def command(self) -> list[str]:
        given = [f"{name}={value}" for name, value in self._environment.items()]
        options = ["-k", "gthread", "--threads", "8", "--no-control-socket"]
        address = ["-b", f"127.0.0.1:{self.port}"]
        gunicorn = [sys.executable, "-m", "gunicorn", "huangshi_tasks.wsgi", *options, *address]
        return ["/usr/bin/env", "-i", *given, *gunicorn]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class Visitor:
    """One person with cookies; logs in as people do."""

    def __init__(self, site: str, name: str, password: str) -> None:
        self._site, self._jar = site, CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self._jar))
        self.opens("/login/", "登录")
        token = next(cookie.value for cookie in self._jar if "csrf" in cookie.name)
        form = {"username": name, "password": password, "csrfmiddlewaretoken": token}
        request = Request(f"{site}/login/", urlencode(form).encode(), {"Referer": f"{site}/login/"})  # noqa: S310
        with self._opener.open(request) as response:
            assert not response.url.endswith("/login/"), f"{name} is not let in"

    def opens(self, address: str, title: str) -> tuple[float, int]:
        """Milliseconds until the whole answer is here, and its length. Errors are raised, and what
        is not the page called `title…` is one.
        """
        begun = perf_counter()
        with self._opener.open(self._site + address) as response:
            page = response.read()
        taken = (perf_counter() - begun) * 1000
        assert f"<title>{title}".encode() in page, f"{address} is not “{title}”"
        return taken, len(page)
