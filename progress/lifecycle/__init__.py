"""The life of a report, every verb with its lock, stamp and log entry: unit and office carry it out
(`ProgressReport`, `ReportVersion`).
"""
