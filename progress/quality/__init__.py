"""进展质检: what a text of progress says against the figures, steps, dates and other texts of its
item, by pure rules without tables; `findings_of_text` is the one door.
"""
