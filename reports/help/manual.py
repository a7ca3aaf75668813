"""The manual, read once: chapters and their sections as HTML. No line of it is typed twice."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from huangshi_tasks.lib.fold import fold, words_of
from units.city.words import said

FILE = Path(settings.BASE_DIR) / "docs" / "使用手册.md"
AROUND = 40  # characters on each side of what was looked for


class Section(NamedTuple):
    """`anchor` is its place on the page of its chapter; of the chapter's first lines, no title."""

    anchor: str
    title: str
    html: SafeString

    @property
    def text(self) -> str:
        """Without marks, as it is searched."""
        return " ".join(strip_tags(self.html).split())


class Chapter(NamedTuple):
    """`number` is its place in addresses."""

    number: int
    title: str
    sections: tuple[Section, ...]

    def called(self, title: str) -> Section | None:
        """The section of this title, as the file has it."""
        return next((each for each in self.sections if each.title == said(title)), None)


class Hit(NamedTuple):
    """Where words were found: what stands around the first of them."""

    chapter: Chapter
    section: Section
    before: str
    found: str
    after: str


def chapters() -> tuple[Chapter, ...]:
    """The manual as it is installed, with the words of the place."""
    return _read(said(_text(FILE, FILE.stat().st_mtime_ns)))


def as_written() -> tuple[Chapter, ...]:
    """The same, as the file has it."""
    return _read(_text(FILE, FILE.stat().st_mtime_ns))


@lru_cache(maxsize=1)
def _text(path: Path, _changed: int) -> str:
    return path.read_text(encoding="utf-8")


def chapter_called(title: str) -> Chapter | None:
    """The chapter of this title, as the file has it."""
    return next((each for each in chapters() if each.title == said(title)), None)


def hits(asked: str) -> list[Hit]:
    """Sections that hold every word, in the order of the manual."""
    words = words_of(asked)
    return list(_hits(words)) if words else []


def _hits(words: list[str]) -> Iterator[Hit]:
    for chapter in chapters():
        for section in chapter.sections:
            text = f"{section.title} {section.text}".strip()
            if all(fold(word) in fold(text) for word in words):
                yield Hit(chapter, section, *_around(text, words[0]))


def _around(text: str, word: str) -> tuple[str, str, str]:
    """The word with its neighbours; the beginning, where it is written another way."""
    place = text.lower().find(word.lower())
    if place < 0:
        return "", "", text[: 2 * AROUND]
    end = place + len(word)
    return text[max(place - AROUND, 0) : place], text[place:end], text[end : end + AROUND]


@lru_cache(maxsize=1)
def _read(text: str) -> tuple[Chapter, ...]:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(text)
    found: list[tuple[str, list[tuple[str, list[Token]]]]] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.type == "heading_open" and token.tag in ("h1", "h2", "h3"):
            title = tokens[place + 1].content
            if token.tag == "h2":
                found.append((title, [("", [])]))
            elif token.tag == "h3":
                found[-1][1].append((title, []))
            place += 3
            continue
        if found:  # what stands above the first chapter says how to read a file
            found[-1][1][-1][1].append(_without_links(token))
        place += 1
    return tuple(
        Chapter(
            number,
            title,
            tuple(
                Section(f"s{number}-{n}", name, _drawn(reader, own))
                for n, (name, own) in enumerate(parts)
                if name or own
            ),
        )
        for number, (title, parts) in enumerate(found, start=1)
    )


def _without_links(token: Token) -> Token:
    """A neighbouring file is no page of ours: its name stays as words."""
    if token.children:
        token.children = [each for each in token.children if not each.type.startswith("link_")]
    return token


def _drawn(reader: MarkdownIt, tokens: list[Token]) -> SafeString:
    html = str(reader.renderer.render(tokens, reader.options, {}))
    html = html.replace("<table>", '<div class="tw"><table class="tbl s">')
    html = html.replace("</table>", "</table></div>").replace("<th>", '<th scope="col">')
    return mark_safe(html)  # noqa: S308 - an installed file, in which HTML is text
