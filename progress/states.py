"""状态 of an item, without Django: what the rules decide and the tables hold."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from huangshi_tasks.lib.text import number


class Light(StrEnum):
    """`IN_REVIEW` and `SUSPENDED` are printed in their place but judge nothing: what the office had
    not read at 定稿 is counted apart, whatever its figures say.
    """

    DONE = "done"
    AHEAD = "ahead"
    ON_PACE = "on_pace"
    SLOW = "slow"
    LATE = "late"
    NOT_STARTED = "not_started"
    IN_REVIEW = "in_review"
    NO_DATA = "no_data"
    SUSPENDED = "suspended"

    @property
    def label(self) -> str:
        return LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """For a column: value and what is printed for it."""
        return [(light.value, light.label) for light in cls]


LABELS = {
    Light.DONE: "已完成",
    Light.AHEAD: "超序时",
    Light.ON_PACE: "正常推进",
    Light.SLOW: "进度偏慢",
    Light.LATE: "滞后",
    Light.NOT_STARTED: "未启动",
    Light.IN_REVIEW: "待审核",
    Light.NO_DATA: "暂无数据",
    Light.SUSPENDED: "中止",
}


def lowest_words(name: str, percent: Decimal | None) -> str:
    """The row that the mean hides: 最低一项：节点25%. Empty where there is none."""
    return f"最低一项：{name}{number(percent)}%" if name and percent is not None else ""
