"""送审签 of what is complete, all at once: the liaison ticks, one button sends; the rest says what
is missing (`ReportVersion`). The verb is that of `lifecycle`.
"""
