"""审签: the head of a unit reads what its liaison sends, one by one or in a batch
(`ReportVersion`); the verbs are in `lifecycle`.
"""
