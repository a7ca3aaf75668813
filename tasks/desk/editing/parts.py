"""What an act changed on the open page: its parts by their ids, drawn anew where they look
otherwise than before.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tasks.desk.editing.items_pane import changed
from tasks.desk.editing.page import Desk, options
from tasks.desk.editing.source_pane import Block, LineFace, RowFace
from units.face.remembered import drawn
from units.http import Request

_ROOM = "tasks/desk/editing/"


def changed_parts(request: Request, before: Desk, after: Desk) -> str:
    """One <template data-part="id"> per part of the page that is another one now."""
    return "".join(
        format_html('<template data-part="{}">{}</template>', name, html)
        for name, html in _parts(request, before, after)
    )


def _parts(request: Request, before: Desk, after: Desk) -> Iterator[tuple[str, SafeString]]:
    def draw(name: str, **more: Any) -> SafeString:
        context = {"desk": after, "draft": after.content.draft, **after.around, **more}
        return render_to_string(f"{_ROOM}{name}.html", context, request)

    yield "desk-bar", draw("_bar")
    yield "desk-chips", draw("_chips")
    yield "desk-legend", draw("_legend")
    yield "desk-solved", draw("_solved")
    if before.doubt_groups != after.doubt_groups:
        yield "desk-doubts", draw("_doubts")
    listed = changed(before.groups, after.groups)
    if listed.is_list:
        yield "desk-items", draw("_items")
    for group in listed.groups:
        yield group.css_id, draw("_group", group=group)
    for face in listed.rows:
        yield face.css_id, drawn(f"{_ROOM}_row.html", face)
    yield from _source(before.blocks, after.blocks)
    if before.content.directory != after.content.directory:
        yield "desk-units", draw("_units", options=options(after.content.directory))


def _source(before: list[Block], after: list[Block]) -> Iterator[tuple[str, SafeString]]:
    """The source is the same; lines and rows of tables that were read as something else."""
    old = dict(_faces(before))
    for number, face in _faces(after):
        if old.get(number) != face:
            name = "_line" if isinstance(face, LineFace) else "_table_row"
            yield f"l-{number}", drawn(f"{_ROOM}{name}.html", face)


def _faces(blocks: list[Block]) -> Iterator[tuple[int, LineFace | RowFace]]:
    for block in blocks:
        if block.line is not None:
            yield block.line.number, block.line
        for row in block.rows:
            yield row.number, row
