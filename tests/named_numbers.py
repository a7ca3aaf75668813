"""The numbers of a page with their names and scopes (`units.face.named`), and those without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from lxml import html  # type: ignore[import-untyped]  # comes with python-docx

# where counts stand: sentences, tiles, chips, tabs, badges, headings, sums at the foot
PLACES = (
    "hero-s", "hero-l", "kpi", "of-s", "of-n", "chips", "tabs", "cnt", "dot", "subt", "mon-n",
    "mon-l", "pgn", "tens", "gl", "sc-k", "sc-m",
)  # fmt: skip
COUNT = re.compile(r"(?<![\d.第—至满超、面])\d+(?=[项份件处人条]|个(?!工作日|百分点|月)|$)")
DIGITS = re.compile(r"[\d.%,+−-]+")
LAST = re.compile(r"([\u4e00-\u9fff“”]{2,})\s*$")
FIRST = re.compile(r"^\s*[项份件处个条人次期]*([\u4e00-\u9fff“”]{2,})")
INLINE = ("a", "b", "span", "small", "em", "li", "td", "th", "p", "label", "button")
NO_LABEL = ("单位", "个单位", "项次")
MEASURES = re.compile(r"[项份件处个条人次期共有计中的其各全部\s，。：；（）()、/·›]+")


@dataclass(frozen=True)
class Printed:
    """A number as a page prints it: `scope` of what it is counted over, `label` the words at it."""

    name: str
    scope: str
    value: str
    label: str


def printed_on(page: str, address: str) -> list[Printed]:
    """Every named number of the page."""
    found = []
    for element in _tree(page).iter():
        name = element.get("data-n")
        if name is None:
            continue
        value = element.get("data-v") or _text(element)
        found.append(Printed(name, _scope(element, address), value, _label(element)))
    return found


def without_name(page: str) -> Iterator[str]:
    """What stands where counts stand and has no name."""
    tree = _tree(page)
    places = [e for e in tree.iter() if _classes(e) & set(PLACES) and "of-f" not in _classes(e)]
    places += tree.xpath("//header[contains(@class,'ph')]//small | //tfoot//td | //h1")
    for place in places:
        for words in _unnamed(place):
            yield f"{words} in {_text(place)[:40]}"


def _unnamed(element: html.HtmlElement) -> Iterator[str]:
    """Texts below the element, without those that are named, with a count in them."""
    if element.get("data-n") is not None or element.tag in ("svg", "kbd", "time", "input"):
        return
    if not isinstance(element.tag, str) or _classes(element) & {"code", "visually-hidden"}:
        return
    inside = [element.text, *(child.tail for child in element)]
    yield from (words.strip() for words in inside if words and COUNT.search(words.strip()))
    for child in element:
        yield from _unnamed(child)


def _tree(page: str) -> html.HtmlElement:
    return html.document_fromstring(page)


def _classes(element: html.HtmlElement) -> set[str]:
    return set(element.get("class", "").split())


def _text(element: html.HtmlElement) -> str:
    return "".join(element.itertext()).strip()


def _scope(element: html.HtmlElement, address: str) -> str:
    """The scope around it, each `+` and `-` counted in."""
    steps = []
    for each in [element, *element.iterancestors()]:
        said = each.get("data-of")
        if said is not None:
            steps.append(said)
            if said[0] not in "+-":
                break
    whole = steps.pop() if steps and steps[-1][0] not in "+-" else address.replace("?", "@?")
    base, _, chosen = whole.partition("?")
    choice = dict(parse_qsl(chosen, keep_blank_values=False))
    for step in reversed(steps):
        if step[0] == "-":
            choice.pop(step[1:], None)
        else:
            choice |= parse_qsl(step[1:])
    return f"{base}?{urlencode(sorted(choice.items()))}"


def _label(element: html.HtmlElement) -> str:
    """The words right before it in its line, else those behind it; what is read aloud first."""
    if element.get("aria-label"):
        return MEASURES.sub("", DIGITS.sub("", element.get("aria-label")))
    for each in element.iterancestors():
        if each.tag in ("tr", "tbody", "section", "ul", "ol", "main"):
            break
        before, after = _around(each, element)
        found = LAST.search(before) or (FIRST.search(after) if each.tag in INLINE else None)
        if found and found[1] not in NO_LABEL:
            rows = element.xpath("ancestor::fieldset/legend")  # a row of chips has its own head
            return "".join([*map(_text, rows), found[1].strip()])
    return ""


def _around(line: html.HtmlElement, element: html.HtmlElement) -> tuple[str, str]:
    """The text of `line` before and behind `element`."""
    parts = ["", ""]
    seen = 0
    for step, each in html.etree.iterwalk(line, events=("start", "end")):
        inside = each is element or element in each.iterancestors()
        if step == "start" and not inside and each.text:
            parts[seen] += each.text
        if step == "end" and each is element:
            seen = 1
        if step == "end" and each is not line and each.tail:
            within = each is not element and element in each.iterancestors()
            parts[seen] += "" if within else each.tail
    return parts[0], parts[1]
