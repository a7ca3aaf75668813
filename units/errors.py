"""The two ways in which the domain says no. `units.people.middleware` turns them into pages."""


class Refused(Exception):  # noqa: N818  # a refusal is an answer, not a fault
    """This person may not (403). `str()` is a whole Chinese sentence."""


class NotNow(Exception):  # noqa: N818
    """Not legal in the present state: a message on the page, never a 500."""
