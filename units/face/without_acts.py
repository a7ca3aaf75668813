"""A page without what writes: forms and links cut out of its HTML, with whatever they leave empty.

For pages of a year that is only read. Everything else of the page stays byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

Asked = Callable[[str], bool]  # the address of a form ("" for that of the page), or of a link
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
)
# that stand for something by themselves, and words that only introduce what follows
SHOWN = VOID - {"br", "wbr", "hr"} | {"svg", "canvas", "iframe", "textarea", "select", "table"}
HEADINGS = frozenset({"header", "summary", "h2", "h3", "legend"})
# what may go with the last thing in it; a cell, a row or a page stays
BOXES = frozenset({"div", "p", "span", "li", "ul", "ol", "section", "details", "nav", "aside"})


@dataclass
class _Element:
    """A piece of the page from `start` to `end`; `words`: whether it says something itself."""

    tag: str
    attributes: dict[str, str]
    start: int
    end: int = 0
    words: bool = False
    is_cut: bool = False
    inside: list[_Element] = field(default_factory=list)

    def all(self) -> Iterator[_Element]:
        yield self
        for each in self.inside:
            yield from each.all()

    def says_something(self) -> bool:
        """Whether anything but a heading is left in it."""
        if self.is_cut or self.tag in HEADINGS:
            return False
        if self.words or (self.tag in SHOWN and self.attributes.get("type") != "hidden"):
            return True
        return any(each.says_something() for each in self.inside)

    def empty_after_cutting(self) -> bool:
        """Cuts what lost all it had; whether anything in it was cut."""
        lost = [each.is_cut or each.empty_after_cutting() for each in self.inside]
        if any(lost) and self.tag in BOXES and not self.says_something():
            self.is_cut = True
        return any(lost)


def without_acts(html: str, *, writes: Asked, leads_to_writing: Asked) -> str:
    """The page without the forms that `writes` names by their address, the controls outside them
    that belong to them, and the links of which `leads_to_writing` says so.
    """
    page = _read(html)
    everything = list(page.all())
    forms = [each for each in everything if _is_form(each) and writes(_address(each))]
    names = {each.attributes["id"] for each in forms if "id" in each.attributes}
    for each in everything:
        posted = each.attributes.get("hx-post") or each.attributes.get("formaction")
        each.is_cut = (
            each in forms
            or each.attributes.get("form") in names
            or (posted is not None and writes(posted))
            or (each.tag == "a" and leads_to_writing(each.attributes.get("href", "")))
        )
    page.empty_after_cutting()
    return "".join(_kept(html, page))


def _is_form(each: _Element) -> bool:
    return each.tag == "form" and each.attributes.get("method", "").lower() == "post"


def _address(form: _Element) -> str:
    return form.attributes.get("action", "")


def _kept(html: str, page: _Element) -> Iterator[str]:
    at = page.start
    for each in _outermost_cut(page):
        yield html[at : each.start]
        at = each.end
    yield html[at : page.end]


def _outermost_cut(element: _Element) -> Iterator[_Element]:
    for each in element.inside:
        if each.is_cut:
            yield each
        else:
            yield from _outermost_cut(each)


def _read(html: str) -> _Element:
    reader = _Reader(html)
    reader.feed(html)
    reader.close()
    return reader.finished()


class _Reader(HTMLParser):
    """Our own pages: what is opened is closed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._open = [_Element("", {}, 0, len(html))]

    def finished(self) -> _Element:
        for each in self._open[1:]:  # left open: it reaches to the end of the page
            each.end = self._open[0].end
        return self._open[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._place()
        text = self.get_starttag_text() or ""
        element = _Element(tag, {name: value or "" for name, value in attrs}, start)
        self._open[-1].inside.append(element)
        if tag in VOID or text.endswith("/>"):
            element.end = start + len(text)
        else:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in {each.tag for each in self._open[1:]}:
            return
        end = self._place() + len(f"</{tag}>")
        while True:
            closed = self._open.pop()
            closed.end = end
            if closed.tag == tag:
                return

    def handle_data(self, data: str) -> None:
        if data.strip():
            self._open[-1].words = True

    def handle_entityref(self, name: str) -> None:
        self._open[-1].words |= name != "nbsp"

    def handle_charref(self, name: str) -> None:
        self._open[-1].words = True

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
