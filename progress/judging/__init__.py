"""From accepted filings to the light of an item at a date, in a fixed number of queries
(`ReportVersion`, `Reading`, `Milestone`, `Adjustment`); writes nothing.
"""
