"""What stands round every page: the menu, the strip of dates, the mark of the sample, the home of
an actor.
"""
