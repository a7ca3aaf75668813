"""职务: the posts of leaders, deputy secretaries and supervisors, which people are appointed to
(`Post`), kept by the administrator.
"""
