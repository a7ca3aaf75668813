"""The workbooks in the order of the page 台账报表."""

from __future__ import annotations

from reports.workbooks.books import (
    behind,
    counties,
    instructions,
    matrix,
    missing,
    monthly,
    projects,
    rates,
    standings,
    task_ledger,
    unit_lists,
    year_end,
)
from reports.workbooks.described import Workbook

WORKBOOKS: tuple[Workbook, ...] = (
    task_ledger.WORKBOOK,
    unit_lists.WORKBOOK,
    monthly.WORKBOOK,
    projects.WORKBOOK,
    behind.WORKBOOK,
    missing.WORKBOOK,
    rates.WORKBOOK,
    standings.WORKBOOK,
    counties.WORKBOOK,
    instructions.WORKBOOK,
    year_end.WORKBOOK,
    matrix.WORKBOOK,
)


def book_called(slug: str) -> Workbook | None:
    return next((book for book in WORKBOOKS if book.slug == slug), None)
