"""Workbooks that come in: opened safely, read into typed rows, answered with marked cells.

The engine knows no business: an `Import` (`running.py`) says what the rows mean.
"""
