"""An empty document of the right page: margins, line grid, base style, page numbers."""

from __future__ import annotations

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.section import Section, _Footer
from docx.shared import Mm, Pt

from reports.word.fonts import FANGSONG, SONGTI
from reports.word.geometry import FOOTER, PAGE_HEIGHT, PAGE_WIDTH, WIDE_MARGINS, Look
from reports.word.runs import add_page_number, add_run, element, set_font

FOOTER_SIZE, MARK_SIZE = 14.0, 9.0


def new_document(look: Look) -> Document:
    document = docx.Document()
    _set_defaults(document)
    _set_body_style(document, look)
    section = document.sections[0]
    _set_page(section, look, is_wide=look.is_wide)
    document.settings.odd_and_even_pages_header_footer = True
    _number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
    return document


def add_sheet(document: Document, look: Look, *, is_wide: bool) -> Section:
    """A new page, across or upright; page numbers go on."""
    section: Section = document.add_section(WD_SECTION.NEW_PAGE)
    _set_page(section, look, is_wide=is_wide)
    return section


def add_mark(document: Document, mark: str) -> None:
    """At the head of odd and even pages; the sheets that follow take it over."""
    section = document.sections[0]
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        add_run(paragraph, mark, SONGTI, MARK_SIZE)


def _set_defaults(document: Document) -> None:
    """Nothing of the template's own: its fonts are Latin, its language is English."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    set_font(run, FANGSONG)
    language = run.find(qn("w:lang"))
    if language is not None:
        run.remove(language)
    run.append(element("w:lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"))


def _set_body_style(document: Document, look: Look) -> None:
    style = document.styles["Normal"]
    style.font.size = Pt(look.body)
    set_font(style.element.get_or_add_rPr(), FANGSONG)
    shape = style.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
    shape.widow_control = False  # a page holds its 22 lines
    properties = style.element.get_or_add_pPr()
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):  # no gap between Chinese and figures
        after = ("w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc")
        properties.insert_element_before(element(name, val=0), *after)


def _set_page(section: Section, look: Look, *, is_wide: bool) -> None:
    width, height = (PAGE_HEIGHT, PAGE_WIDTH) if is_wide else (PAGE_WIDTH, PAGE_HEIGHT)
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    is_turned = is_wide and not look.is_wide
    top, bottom, left, right = WIDE_MARGINS if is_turned else look.margins
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.header_distance = Mm(15)
    section.footer_distance = Mm(min(FOOTER, bottom - 10))
    _set_grid(section, look)


def _set_grid(section: Section, look: Look) -> None:
    properties = section._sectPr
    for grid in properties.findall(qn("w:docGrid")):
        properties.remove(grid)
    properties.append(element("w:docGrid", type="lines", linePitch=round(look.line * 20)))


def _number(footer: _Footer, align: WD_ALIGN_PARAGRAPH) -> None:
    """One character from the outer edge: odd pages to the right, even pages to the left."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = align
    shape = paragraph.paragraph_format
    shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
    shape.left_indent = shape.right_indent = Pt(FOOTER_SIZE)
    add_page_number(paragraph, SONGTI, FOOTER_SIZE)
