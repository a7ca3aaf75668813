"""Models of what leaves: the rest of `reports` only reads."""

from reports.models.bulletin_lines import BulletinLine, LineKind
from reports.models.bulletins import (
    EDITABLE,
    Bulletin,
    BulletinKind,
    BulletinState,
)

__all__ = [
    "EDITABLE",
    "Bulletin",
    "BulletinKind",
    "BulletinLine",
    "BulletinState",
    "LineKind",
]
