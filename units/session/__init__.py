"""Who asks: the session with its stamps, the account and its appointments, found with one query;
table `django_session`.
"""
