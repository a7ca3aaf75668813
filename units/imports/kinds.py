"""Every import of the administrator by its word in addresses."""

from __future__ import annotations

from units.imports.accounts import AccountSheet
from units.imports.unit_list import UnitSheet
from units.sheets.running import Import

IMPORTS: dict[str, Import] = {each.kind: each for each in (AccountSheet(), UnitSheet())}
