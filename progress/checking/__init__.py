"""Findings: what is odd in a filing, by pure rules; loaded for the liaison while typing and for the
reviewer (`ReportVersion` against the one accepted before it).
"""
