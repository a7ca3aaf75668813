"""The field of `tasks.number_field`, under the name that the forms of this app know."""

from tasks.number_field import LIMIT, NEGATIVE, NOT_A_NUMBER, TOO_FINE, TOO_LARGE, NumberField
from tasks.number_field import number_of as number_of

__all__ = [
    "LIMIT",
    "NEGATIVE",
    "NOT_A_NUMBER",
    "TOO_FINE",
    "TOO_LARGE",
    "NumberField",
    "number_of",
]
