"""佐证材料: files kept with a report, scanned, withdrawn, shown; photographs of a project; by units
and the office (`Evidence`).
"""
