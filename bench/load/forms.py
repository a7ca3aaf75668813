"""Somebody at the form of a report: reads its fields as a browser does and saves as its page."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import NamedTuple

from bench.load.site import Answer, Refused, Visitor


class _Fields(HTMLParser):
    """Names and values of `<form data-autosave>`, and the address it saves to."""

    def __init__(self) -> None:
        super().__init__()
        self.address = ""
        self.values: dict[str, str] = {}
        self._is_inside = False
        self._area = ""
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form" and "data-autosave" in found:
            self.address, self._is_inside = found["data-autosave"], True
        if not self._is_inside:
            return
        if tag == "textarea":
            self._area = found["name"]
            self.values[self._area] = ""
        elif tag == "select":
            self._select = found["name"]
            self.values[self._select] = ""
        elif tag == "option" and self._select and "selected" in found:
            self.values[self._select] = found.get("value", "")
        elif tag == "input" and "name" in found:
            is_box = found.get("type") in {"checkbox", "radio"}
            if found.get("type") != "file" and (not is_box or "checked" in found):
                self.values[found["name"]] = found.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_inside = False
        self._area = self._area if tag != "textarea" else ""
        self._select = self._select if tag != "select" else ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data


class Form(NamedTuple):
    """Where the page saves, and what its fields hold."""

    address: str
    values: dict[str, str]


def read_form(page: str) -> Form:
    """The form of a report's page; raises Refused when there is none to type in."""
    fields = _Fields()
    fields.feed(page)
    if not fields.address or "progress" not in fields.values:
        raise Refused("not a form")
    return Form(fields.address, fields.values)


class Typist:
    """A report's form, open in a browser. Raises Refused when nobody may type there."""

    def __init__(self, visitor: Visitor, address: str) -> None:
        self.address = address
        self._visitor = visitor
        self._save, self._values = read_form(visitor.opens(address).text)
        self._text, self._turn = self._values["progress"].strip(), 0

    def saves(self) -> Answer:
        """A few words more, then an autosave; raises Refused."""
        self._turn += 1
        self._values["progress"] = f"{self._text}第{self._turn}次补充。"
        answer = self._visitor.posts(self._save, self._values)
        if answer.status != 200:
            raise Refused(f"{self._save}: {answer.status}")
        self._values["base"] = json.loads(answer.text)["base"]
        return answer

    def submits(self) -> Answer:
        """送审签, as its button does; the answer may name what is missing."""
        return self._visitor.posts(f"{self.address}submit/", self._values)
