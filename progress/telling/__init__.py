"""Telling people at once, at the bell and by mail (`Reminder`); every room that tells goes through
here.
"""
