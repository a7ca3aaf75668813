"""Logging in with a browser, by the page that people log in with."""

from __future__ import annotations

from playwright.sync_api import Page

from units.models import User


def come_in(page: Page, server: object, user: User, password: str, path: str = "") -> None:
    """Log in and wait until the page behind is there: a test that goes on while the login is under
    way takes it back, or finds no form where it ends the session. The address of the login names
    the page behind it, so its end says nothing.
    """
    page.goto(f"{server}/login/?next={path}" if path else f"{server}/login/")
    fill_in(page, user, password)
    page.wait_for_url(lambda url: not url.startswith(f"{server}/login/"))


def fill_in(page: Page, user: User, password: str) -> None:
    """What is typed and pressed on the login page."""
    page.get_by_label("账号").fill(user.username)
    page.locator("#password").fill(password)
    page.get_by_role("button", name="登 录").click()
