"""What pages show of papers (`units.stamps.shown`)."""

from __future__ import annotations

from reports.models import Bulletin, BulletinLine, BulletinUse, Standing
from units.stamps.shown import LIVE, watch

watch(LIVE, Bulletin, BulletinLine, BulletinUse, Standing)
