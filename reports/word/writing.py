"""A `Paper` as a Word file. Knows blocks, and nothing of the database."""

from __future__ import annotations

from functools import singledispatchmethod

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from reports.word import blocks, tables
from reports.word.fonts import FANGSONG, HEITI, KAITI, XIAOBIAOSONG
from reports.word.geometry import (
    ACROSS,
    DENSE,
    LINES,
    OFFICIAL,
    PAGE_HEIGHT,
    SMALL_TITLE_SIZE,
    TITLE_SIZE,
    WIDE_MARGINS,
    Look,
)
from reports.word.measure import width_of
from reports.word.packing import pack
from reports.word.runs import add_run, border_above, border_below, off_grid
from reports.word.setup import add_mark, add_sheet, new_document

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
POINTS_PER_MM = 72 / 25.4
LARGEST_MASTHEAD = 42.0
IMPRINT_LINE = 24.0
BREAKS = "和的、，及"  # a title is broken after one of these, where the sense allows it
ALIGNMENTS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


def write(paper: blocks.Paper, mark: str = "") -> bytes:
    """The .docx of `paper`, with `mark` (水印) at the head of every page; the same paper and mark
    give the same bytes.
    """
    writer = _Writer(paper)
    if mark:
        add_mark(writer.document, mark)
    for block in paper.blocks:
        writer.add(block)
    return pack(writer.document, title=paper.title, author=paper.author, day=paper.day)


def look_of(paper: blocks.Paper) -> Look:
    """Margins and type of the paper."""
    if paper.is_wide:
        return ACROSS
    return DENSE if paper.is_dense else OFFICIAL


class _Writer:
    def __init__(self, paper: blocks.Paper) -> None:
        self.look = look_of(paper)
        self.document: Document = new_document(self.look)
        self.width = self.look.width  # mm, of the page now being written
        self.last: WordParagraph | None = None

    @singledispatchmethod
    def add(self, block: blocks.Block) -> None:
        raise TypeError(f"no such block: {block!r}")

    @add.register
    def _(self, block: blocks.Masthead) -> None:
        size = min(LARGEST_MASTHEAD, self.width * POINTS_PER_MM / len(block.name) - 0.5)
        head = self._paragraph(ALIGNMENTS["center"])
        head.paragraph_format.space_before = Mm(0 if block.is_low else 28)
        head.paragraph_format.line_spacing = Pt(size * 1.3)
        off_grid(head)
        add_run(head, block.name, XIAOBIAOSONG, size, is_red=True)
        issue = self._paragraph(ALIGNMENTS["center"])
        self._text(issue, block.issue)
        facts = self._paragraph()
        facts.paragraph_format.tab_stops.add_tab_stop(Mm(self.width), WD_TAB_ALIGNMENT.RIGHT)
        self._text(facts, f"{block.office}\t{block.day}")
        border_below(facts, color="C00000", eighths=12, space=4)
        if not block.is_low:
            self._paragraph()

    @add.register
    def _(self, block: blocks.Title) -> None:
        size = TITLE_SIZE if self.look is OFFICIAL and not block.is_small else SMALL_TITLE_SIZE
        for place, text in enumerate(title_lines(block.text, self.width * POINTS_PER_MM / size)):
            title = self._paragraph(ALIGNMENTS["center"])
            title.paragraph_format.line_spacing = Pt(max(self.look.line, size * 1.4))
            title.paragraph_format.keep_with_next = True
            if self.look is not OFFICIAL and place == 0:
                title.paragraph_format.space_before = Pt(8)
            off_grid(title)
            add_run(title, text, XIAOBIAOSONG, size)
        if self.look is OFFICIAL:
            self._paragraph().paragraph_format.keep_with_next = True

    @add.register
    def _(self, block: blocks.Heading) -> None:
        heading = self._indented()
        heading.paragraph_format.keep_with_next = True
        self._text(heading, block.text, HEITI if block.level == 1 else KAITI)

    @add.register
    def _(self, block: blocks.Paragraph) -> None:
        if block.align is not None:
            paragraph = self._paragraph(ALIGNMENTS[block.align])
        elif block.is_flush:
            paragraph = self._paragraph()
        else:
            paragraph = self._indented()
        self._text(paragraph, block.text)

    @add.register
    def _(self, block: blocks.Line) -> None:
        line = self._paragraph()
        count = len(block.parts)
        for place in range(1, count):
            at = Mm(self.width * place / max(count - 1, 1))
            is_last = place == count - 1
            kind = WD_TAB_ALIGNMENT.RIGHT if is_last else WD_TAB_ALIGNMENT.CENTER
            line.paragraph_format.tab_stops.add_tab_stop(at, kind)
        line.paragraph_format.line_spacing = Pt(20)
        off_grid(line)
        add_run(line, "\t".join(block.parts), FANGSONG, 10.5 if count > 2 else 12)

    @add.register
    def _(self, block: blocks.Attachments) -> None:
        self._paragraph().paragraph_format.keep_with_next = True
        for place, name in enumerate(block.names, start=1):
            lead = "附件：" if place == 1 else "　　　"
            numbered = f"{place}.{name}" if len(block.names) > 1 else name
            line = self._indented()
            line.paragraph_format.keep_with_next = True
            self._text(line, f"{lead}{numbered}")

    @add.register
    def _(self, block: blocks.Signature) -> None:
        if self.last is not None:  # never alone on a page
            self.last.paragraph_format.keep_with_next = True
        if self.look is OFFICIAL:
            self._paragraph().paragraph_format.keep_with_next = True
        for text in (block.office, block.day):
            line = self._paragraph(ALIGNMENTS["right"])
            line.paragraph_format.right_indent = Pt(4 * self.look.body)
            line.paragraph_format.keep_with_next = text == block.office
            self._text(line, text)

    @add.register
    def _(self, block: blocks.Imprint) -> None:
        lines = [f"抄送：{block.copies}。"] if block.copies else []
        for place, text in enumerate([*lines, f"{block.office}\t{block.day}印发"]):
            line = self._paragraph()
            line.paragraph_format.line_spacing = Pt(IMPRINT_LINE)
            if block.is_at_foot and place == 0:
                whole = self.look.line * LINES
                line.paragraph_format.space_before = Pt(whole - IMPRINT_LINE * 3)
            line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(14)
            line.paragraph_format.tab_stops.add_tab_stop(
                Mm(self.width) - Pt(14), WD_TAB_ALIGNMENT.RIGHT
            )
            border_above(line, eighths=8 if place == 0 else 4)
            off_grid(line)
            add_run(line, text, FANGSONG, 14)
        border_below(line, color="000000", eighths=8, space=1)

    @add.register
    def _(self, block: blocks.Table) -> None:
        tables.add_table(self.document, block, self.width)

    @add.register
    def _(self, block: blocks.Form) -> None:
        tables.add_form(self.document, block, self.width)

    @add.register
    def _(self, block: blocks.Sheet) -> None:
        add_sheet(self.document, self.look, is_wide=block.is_wide)
        margins = WIDE_MARGINS if block.is_wide else self.look.margins
        self.width = (PAGE_HEIGHT if block.is_wide else 210) - margins[2] - margins[3]

    def _paragraph(self, align: WD_ALIGN_PARAGRAPH | None = None) -> WordParagraph:
        paragraph: WordParagraph = self.document.add_paragraph()
        self.last = paragraph
        if align is not None:
            paragraph.alignment = align
        return paragraph

    def _indented(self) -> WordParagraph:
        paragraph = self._paragraph(WD_ALIGN_PARAGRAPH.JUSTIFY)
        paragraph.paragraph_format.first_line_indent = Pt(self.look.indent / 20)
        return paragraph

    def _text(self, paragraph: WordParagraph, text: str, font: str = FANGSONG) -> None:
        add_run(paragraph, text, font, self.look.body, closer=self.look.closer)


def title_lines(text: str, room: float) -> list[str]:
    """`text` in lines of at most `room` characters, broken where the sense allows, near the
    middle.
    """
    if width_of(text) <= room:
        return [text]
    middle = width_of(text) / 2
    places = [at for at, sign in enumerate(text[:-1], start=1) if sign in BREAKS]
    fitting = [at for at in places if width_of(text[:at]) <= room and width_of(text[at:]) <= room]
    if not fitting:
        return [text]
    best = min(fitting, key=lambda at: abs(width_of(text[:at]) - middle))
    return [text[:best], text[best:]]
