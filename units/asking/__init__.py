"""Queries whose text is made once: pages that ask the same twenty questions on every visit spend
more on writing them down than on the answers. No table of its own.
"""
