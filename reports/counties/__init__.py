"""分县完成情况: the parts of a target by county, for office and leaders (`IndicatorShare`,
`Reading`).
"""
