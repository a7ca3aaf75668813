"""Runs and paragraphs below the surface of python-docx: fonts, exact lines, borders, fields."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
RED = RGBColor(0xC0, 0x00, 0x00)


def clean(text: str) -> str:
    """`text` as XML can hold it, on one line: what is unwritable becomes �."""
    return UNWRITABLE.sub("\ufffd", re.sub(r"\s*[\r\n]+\s*", " ", text))


def element(name: str, **attributes: object) -> Any:
    """``element("w:ind", firstLine=640)``."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def set_font(properties: Any, font: str) -> None:
    """The same font for every script, quotes and dashes in their Chinese width."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is not None:
        properties.remove(fonts)
    names = dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), font)
    properties.insert(0, element("w:rFonts", hint="eastAsia", **names))


def add_run(
    paragraph: Paragraph,
    text: str,
    font: str,
    size: float,
    *,
    closer: int = 0,
    is_red: bool = False,
    is_bold: bool = False,
) -> Run:
    """Text in one look; `closer` in twentieths of a point."""
    run = paragraph.add_run(clean(text))
    run.font.size = Pt(size)
    properties = run._r.get_or_add_rPr()
    set_font(properties, font)
    if is_red:
        run.font.color.rgb = RED
    if is_bold:
        run.font.bold = True
    if closer:
        spacing = element("w:spacing", val=closer)
        properties.insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs")
    return run


def add_page_number(paragraph: Paragraph, font: str, size: float) -> None:
    """— 1 —."""
    add_run(paragraph, "— ", font, size)
    for kind in ("begin", None, "end"):
        run = add_run(paragraph, "", font, size)
        if kind is None:
            code = element("w:instrText")
            code.text = "PAGE"
            run._r.append(code)
        else:
            run._r.append(element("w:fldChar", fldCharType=kind))
    add_run(paragraph, " —", font, size)


def off_grid(paragraph: Paragraph) -> None:
    """Lines of a size of their own: not stretched to the lines of the page."""
    after = ("w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(element("w:snapToGrid", val=0), *after)


def border_below(paragraph: Paragraph, *, color: str, eighths: int, space: int) -> None:
    """A line under the paragraph, `eighths` of a point thick, `space` points below the text."""
    line = element("w:bottom", val="single", sz=eighths, space=space, color=color)
    _borders(paragraph).append(line)


def border_above(paragraph: Paragraph, *, eighths: int) -> None:
    line = element("w:top", val="single", sz=eighths, space=1, color="000000")
    _borders(paragraph).insert(0, line)


def _borders(paragraph: Paragraph) -> Any:
    properties = paragraph._p.get_or_add_pPr()
    found = properties.find(qn("w:pBdr"))
    if found is not None:
        return found
    borders = element("w:pBdr")
    after = ("w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr")
    properties.insert_element_before(borders, *after)
    return borders
