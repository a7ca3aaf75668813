"""Cells, looks and pages of a workbook; knows nothing of the ORM."""
