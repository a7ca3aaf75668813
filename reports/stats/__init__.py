"""Every aggregate, once. A tile is a set of ledger rows: its number, its list and its Excel agree
(`TaskPeriod`, `ProgressReport`).

Statistics speak in counts (design.md section 4, Percent); all parts add up to the total.
"""
