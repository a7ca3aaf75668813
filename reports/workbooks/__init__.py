"""Every workbook is one definition: title, columns and rows."""
