"""Somebody who reads pages of the small year in Chromium, without a server.

The browser asks Django in this process: each answer is taken in a transaction that is undone, so
that all pages are those of one small year, whatever the making of an address or a POST leaves.
"""

from __future__ import annotations

from mimetypes import guess_type
from pathlib import Path

from django.contrib.staticfiles import finders
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Browser, Page, Route, ViewportSize

from tests.addresses import SmallYear, address

SITE = "http://ducha.test"
WIDE: ViewportSize = {"width": 1366, "height": 768}


class Reader:
    """One role at one browser."""

    def __init__(self, browser: Browser, year: SmallYear, role: str, script: Path | None = None):
        self.year, self.client = year, Client()
        if (actor := year.actors[role]) is not None:
            self.client.force_login(actor.user)
        self.context = browser.new_context(locale="zh-CN", viewport=WIDE)
        if script is not None:
            self.context.add_init_script(path=script)
        self.context.route("**/*", self._serve)
        self.page: Page = self.context.new_page()
        self._html = ""

    def _serve(self, route: Route) -> None:
        """The page that was taken, and the files that it asks for."""
        path = route.request.url.removeprefix(SITE).partition("?")[0]
        if route.request.is_navigation_request():
            route.fulfill(body=self._html, content_type="text/html; charset=utf-8")
        elif path.startswith("/static/") and (found := finders.find(path.removeprefix("/static/"))):
            route.fulfill(path=found, content_type=guess_type(found)[0])
        else:
            route.abort()

    def takes(self, name: str, method: str = "get") -> str | None:
        """The page called `name`, unopened; None when the answer is a file."""
        with transaction.atomic():
            path = address(name, self.year)
            response: HttpResponse = getattr(self.client, method)(path)
            transaction.set_rollback(True)
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return None
        self._html = response.content.decode()
        return self._html

    def opens(self, name: str, method: str = "get") -> Page:
        """The page in the browser, as it was taken before or is taken now."""
        self.takes(name, method)
        return self.shows()

    def shows(self) -> Page:
        """What was taken last, in the browser."""
        self.page.goto(f"{SITE}/")
        return self.page
