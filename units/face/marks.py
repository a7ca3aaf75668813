"""How a light and a report state look: word, shape and colour, never colour alone.

Pure tables for ``templatetags/ui.py``. The ids are those of ``progress`` (its enums are strings);
the page-only states none, overdue and closed are added here.
"""

from dataclasses import dataclass

_TRIANGLE = '<path d="M7 1.4l6 10.8H1z"/>'
_DIAMOND = '<path d="M7 .6L13.4 7 7 13.4.6 7z"/>'
_DISC = '<circle cx="7" cy="7" r="5"/>'
_RING = '<circle class="o" cx="7" cy="7" r="4.6"/>'
_TICKED = (
    '<rect x="1.5" y="1.5" width="11" height="11" rx="2"/>'
    '<path class="k" d="M4.2 7.2l2 2 3.7-4.3"/>'
)
_DASH = '<rect x="1.5" y="5.8" width="11" height="2.4" rx="1"/>'
_GLASS = '<path class="o" d="M3.4 1.6h7.2L7 7l3.6 5.4H3.4L7 7z"/>'
_PAUSE = '<path d="M3 2h3v10H3zM8 2h3v10H8z"/>'


@dataclass(frozen=True)
class LightMark:
    """``label`` in full, ``short`` for tight columns, ``style`` the CSS colour, ``shape`` SVG."""

    label: str
    short: str
    style: str
    shape: str


LIGHTS: dict[str, LightMark] = {
    "done": LightMark("已完成", "完成", "done", _TICKED),
    "ahead": LightMark("超序时", "超序时", "ok", _DISC),
    "on_pace": LightMark("正常推进", "正常", "ok", _DISC),
    "slow": LightMark("进度偏慢", "偏慢", "warn", _TRIANGLE),
    "late": LightMark("滞后", "滞后", "late", _DIAMOND),
    "not_started": LightMark("未启动", "未启动", "idle", _RING),
    "in_review": LightMark("待审核", "待审核", "idle", _GLASS),
    "no_data": LightMark("暂无数据", "暂无", "idle", _DASH),
    "suspended": LightMark("中止", "中止", "idle", _PAUSE),
}


@dataclass(frozen=True)
class StateMark:
    """``style`` is the suffix of the CSS classes ``r-…``, ``sf-…`` and ``q-…``."""

    label: str
    icon: str
    style: str


STATES: dict[str, StateMark] = {
    "none": StateMark("待填报", "minus", "none"),
    "draft": StateMark("草稿", "edit", "draft"),
    "signing": StateMark("待审签", "signature", "signing"),
    "reviewing": StateMark("待审核", "hourglass", "reviewing"),
    "returned": StateMark("已退回", "corner-up-left", "returned"),
    "accepted": StateMark("已通过", "check", "accepted"),
    "overdue": StateMark("逾期未报", "alert-triangle", "overdue"),
    "closed": StateMark("已销号", "rubber-stamp", "closed"),
}


def fill_of(identifier: str) -> str:
    """CSS class suffix of a part of a distribution bar, by light id or report state."""
    if identifier in LIGHTS:
        return LIGHTS[identifier].style
    return STATES[identifier].style


def label_of(identifier: str) -> str:
    """Word of a light id or a report state."""
    return LIGHTS[identifier].label if identifier in LIGHTS else STATES[identifier].label
