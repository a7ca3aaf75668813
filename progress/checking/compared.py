"""Last period's accepted texts beside this period's, with what changed."""

from __future__ import annotations

from dataclasses import dataclass

from progress.checking.differences import Run, differences
from progress.checking.look import Look

TEXTS = (("progress", "进展情况"), ("problems", "存在问题"), ("next_steps", "下一步工作安排"))


@dataclass(frozen=True)
class ComparedText:
    """One text: the runs of the earlier one and of this one."""

    name: str
    label: str
    before: list[Run]
    after: list[Run]


def compared_texts(look: Look) -> list[ComparedText]:
    """The three texts of a report."""
    return [
        ComparedText(
            name,
            label,
            *differences(
                getattr(look.previous, name, "") or "", getattr(look.version, name, "") or ""
            ),
        )
        for name, label in TEXTS
    ]
