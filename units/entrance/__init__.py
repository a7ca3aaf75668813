"""Coming in: the password, then the second factor, and only then a session; by everybody
(`Tries`, `django_session`).
"""
