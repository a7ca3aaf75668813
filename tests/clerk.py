"""A browser without scripts: pages are read, forms filled in and sent by the words on a button.

Quick enough for a whole walk in every run; what scripts add is tried in a real browser elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html  # type: ignore[import-untyped]  # comes with python-docx


class Clerk:
    """One person at one browser, who remembers where they have been."""

    def __init__(self) -> None:
        self.client = Client()
        self.url = "/"
        self.been: set[str] = set()
        self.page: Any = None
        self.typed: dict[str, Any] = {}

    def go(self, path: str) -> Clerk:
        return self._opened(self.client.get(path, follow=True), path)

    def fill(self, **fields: Any) -> Clerk:
        """What is typed before a button is pressed; a file as `(name, bytes)`."""
        self.typed |= fields
        return self

    def press(self, words: str, **fields: Any) -> Clerk:
        """Sends the form of the first button with these words."""
        self.fill(**fields)
        button = next((each for each in self._buttons() if words in _said(each)), None)
        assert button is not None, f"{self.url}: no button {words}; {self.said()[:1500]}"
        return self.send(button)

    def offers(self, words: str) -> bool:
        return any(words in _said(each) for each in self._buttons())

    def send(self, button: Any) -> Clerk:
        form = self._form_of(button)
        data = dict(self._values(form))
        if button.get("name"):
            data[button.get("name")] = button.get("value", "")
        for name, value in self.typed.items():
            is_file = isinstance(value, tuple)
            data[name] = SimpleUploadedFile(*value) if is_file else value
        self.typed = {}
        to = urljoin(self.url, button.get("formaction") or form.get("action") or "")
        if form.get("method", "get").lower() != "post":
            return self._opened(self.client.get(to, data, follow=True), to)
        return self._opened(self.client.post(to, data, follow=True), to)

    def said(self) -> str:
        main = self.page.xpath("//main")
        return re.sub(r"\s+", " ", (main[0] if main else self.page).text_content())

    def sees(self, words: str) -> None:
        assert words in self.said(), f"{self.url}: {self.said()[:1500]}"

    def find(self, path: str) -> list[Any]:
        found: list[Any] = self.page.xpath(path)
        return found

    def read_again(self) -> Iterator[tuple[str, bytes]]:
        """What stands on all those pages now."""
        for url in sorted(self.been):
            answer = self.client.get(url)
            if answer.status_code == 200:
                content = b"".join(answer) if answer.streaming else answer.content
                yield url, content

    def _opened(self, response: Any, path: str) -> Clerk:
        assert response.status_code < 500, path
        chain = getattr(response, "redirect_chain", [])
        self.url = urljoin(path, chain[-1][0]) if chain else path
        self.been.add(self.url)
        if "html" in response.get("Content-Type", ""):
            self.page = html.fromstring(response.content.decode())
        self.status = response.status_code
        return self

    def _buttons(self) -> list[Any]:
        return self.find("//button[not(@disabled) and not(@type='button')]")

    def _form_of(self, element: Any) -> Any:
        name = element.get("form")
        if name:
            return self.find(f"//form[@id='{name}']")[0]
        return element.xpath("ancestor::form")[0]

    def _values(self, form: Any) -> Iterator[tuple[str, Any]]:
        """As the page shows them; of several of a name the list of them."""
        found: dict[str, list[str]] = {}
        for each in self.find("//*[@name]"):
            if each.tag not in ("input", "select", "textarea") or each.get("disabled") is not None:
                continue
            own = each.xpath("ancestor::form")
            belongs = each.get("form") == form.get("id") if each.get("form") else form in own
            if belongs:
                found.setdefault(each.get("name"), []).extend(_value(each))
        yield from ((name, values) for name, values in found.items() if values)


def _said(element: Any) -> str:
    return re.sub(r"\s+", " ", str(element.text_content())).strip()


def _value(element: Any) -> list[str]:
    kind = element.get("type", "")
    if kind in ("checkbox", "radio") and element.get("checked") is None:
        return []
    if kind in ("file", "submit", "button"):
        return []
    if element.tag == "select":
        options = element.xpath(".//option")
        chosen = [each for each in options if each.get("selected") is not None]
        if not chosen and element.get("multiple") is None:
            chosen = options[:1]
        return [each.get("value", each.text or "") for each in chosen]
    if element.tag == "textarea":
        return [str(element.text or "").removeprefix("\n")]
    return [element.get("value", "on" if kind in ("checkbox", "radio") else "")]
