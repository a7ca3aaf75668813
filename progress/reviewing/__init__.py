"""审核: the office reads what was filed, accepts with a text for print, or returns
(`ReportVersion`); the verbs are in `lifecycle`.
"""
