"""The numbers of an item as lines, sentences and by county, and the headline targets (`Indicator`,
`Reading`, `HeadlineReading`).
"""
