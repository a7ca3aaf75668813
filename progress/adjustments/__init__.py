"""调整 of time, target, responsibility, or 中止: units ask, the office registers what was decided
(`Adjustment`), and what it changes is in force from its date on.
"""
