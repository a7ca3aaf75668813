"""来源、口径、说明 of a figure: stated once, by the unit that reports it or by the office, and
shown where the figure stands alone (`Indicator`).
"""
