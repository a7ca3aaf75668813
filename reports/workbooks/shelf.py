"""The workbooks in the order of the page 台账报表."""

from __future__ import annotations

from reports.workbooks import task_ledger
from reports.workbooks.described import Workbook

WORKBOOKS: tuple[Workbook, ...] = (task_ledger.WORKBOOK,)


def book_called(slug: str) -> Workbook | None:
    return next((book for book in WORKBOOKS if book.slug == slug), None)
