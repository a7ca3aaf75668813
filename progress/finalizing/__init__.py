"""定稿: the office freezes one judgement per item and period, and moves the dates of a period
(`Period`, `TaskPeriod`).
"""
