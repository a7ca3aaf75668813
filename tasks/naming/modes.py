"""The ways in which a group of the notice leaves its members open."""

from __future__ import annotations

from units.models import GroupMode

OPEN_MODES = (GroupMode.RELEVANT, GroupMode.TO_BE_NAMED)
