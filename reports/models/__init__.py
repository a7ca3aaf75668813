"""Models of what leaves: the rest of `reports` only reads."""

from reports.models.bulletin_lines import BulletinLine, LineKind
from reports.models.bulletin_uses import BulletinUse, UsePart
from reports.models.bulletins import (
    EDITABLE,
    Bulletin,
    BulletinKind,
    BulletinState,
)
from reports.models.exports import ARCHIVE, Export, ExportState, SealedPart
from reports.models.standings import Standing, StandingState

__all__ = [
    "ARCHIVE",
    "EDITABLE",
    "Bulletin",
    "BulletinKind",
    "BulletinLine",
    "BulletinState",
    "BulletinUse",
    "Export",
    "ExportState",
    "LineKind",
    "SealedPart",
    "Standing",
    "StandingState",
    "UsePart",
]
