"""What a version says: its rows, numbers, parts and promises, read and printed by everybody
(`ReportVersion`, `Reading`, `SubItemReading`).
"""
