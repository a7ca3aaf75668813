"""Word files in the layout of GB/T 9704-2012. Pure: blocks in, bytes out; no ORM, no clock."""

from reports.word.blocks import (
    Attachments,
    Block,
    Column,
    Form,
    Heading,
    Imprint,
    Line,
    Masthead,
    Paper,
    Paragraph,
    Sheet,
    Signature,
    Table,
    Title,
)
from reports.word.named import NamedBlock, named_blocks
from reports.word.writing import write

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

__all__ = [
    "CONTENT_TYPE",
    "Attachments",
    "Block",
    "Column",
    "Form",
    "Heading",
    "Imprint",
    "Line",
    "Masthead",
    "NamedBlock",
    "Paper",
    "Paragraph",
    "Sheet",
    "Signature",
    "Table",
    "Title",
    "named_blocks",
    "write",
]
