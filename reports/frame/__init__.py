"""What stands round every page, for everybody: the menu, the strip of dates, the mark of the
sample, the home of an actor (`Plan`, `Period`).
"""
