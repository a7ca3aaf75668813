"""台账报表, for the office and readers: every workbook is one definition of title, columns and
rows, over what `ledger`, `stats` and `numbers` read (`TaskPeriod` and below).
"""
