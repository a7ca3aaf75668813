"""What a unit may object to: its role, or the wording."""

from __future__ import annotations

ROLE, WORDING = "role", "wording"
OBJECTIONS = {ROLE: "责任类别或责任单位", WORDING: "任务表述"}
