"""The two ways in which the domain says no, which `units.people.middleware` turns into pages; and
the two faults that are everybody's.
"""

from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, InterfaceError, connection


class Refused(Exception):  # noqa: N818  # a refusal is an answer, not a fault
    """This person may not (403). `str()` is a whole Chinese sentence."""


class NotNow(Exception):  # noqa: N818
    """Not legal in the present state: a message on the page, never a 500."""


def ends_the_run(error: Exception) -> bool:
    """Whether the next row would fare no better: the time of the job is up, or the database away.
    Anything else that goes wrong with a row costs that row alone.
    """
    if isinstance(error, DatabaseError | InterfaceError):
        return not connection.is_usable()
    return isinstance(error, SoftTimeLimitExceeded)
