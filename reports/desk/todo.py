"""待办: what a report waits for in its unit, why, until when, and the one button that leads on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from huangshi_tasks.lib import text
from progress.contents.versions import returned_among
from progress.lifecycle.permissions import window
from progress.models import Duty
from progress.periods.filed import Filed
from progress.periods.owed import NOT_FILLED, OVERDUE, Filing
from progress.todo.filings import DRAFT, RETURNED, SIGNING
from progress.todo.list import Row
from units.actors import Actor
from units.city.words import said

WORDS: dict[str, str] = {
    RETURNED: "退回",
    OVERDUE: "逾期",
    SIGNING: "待审签",
    DRAFT: "草稿",
    NOT_FILLED: "待填报",
}
ICONS: dict[str, str] = {
    RETURNED: "corner-up-left",
    OVERDUE: "alert-triangle",
    SIGNING: "signature",
    DRAFT: "edit",
    NOT_FILLED: "file-text",
}


class Draft(NamedTuple):
    """A version of what is listed; of what stands in `ReportVersion`."""

    decision: str
    signed_at: datetime | None
    decided_at: datetime | None
    decided_by_name: str
    return_reason: str
    edited_at: datetime | None
    edited_by_name: str
    submitted_at: datetime | None
    submitted_by_name: str
    is_correction: bool
    no_progress: bool
    progress: str
    next_steps: str


@dataclass(frozen=True)
class ToDo:
    """One filing of the list, in words."""

    report: Filed
    kind: str
    why: str
    button: str
    is_mine: bool  # whether the button is for this person to act, or only to look

    @property
    def word(self) -> str:
        return WORDS[self.kind]

    @property
    def icon(self) -> str:
        return ICONS[self.kind]


def todo_of(
    row: Row,
    versions: Mapping[int, Sequence[Draft]],
    primaries: Mapping[int, object],
    actor: Actor,
    today: date,
) -> ToDo:
    """Of a row of the list that is a filing. `versions` by report, the newest first; `primaries`
    tells who writes the report of an item (id).
    """
    report = row.filed
    assert report is not None
    button, is_mine = button_of(report, row.state, actor, today)
    why = _why(report, versions.get(report.pk, ()), primaries.get(report.task.pk), today)
    return ToDo(report, row.state, why, button, is_mine)


def button_of(report: Filing, kind: str, actor: Actor, today: date) -> tuple[str, bool]:
    """The word on the button, and whether it leads this person to something to do."""
    if report.state == SIGNING:
        return ("审签", True) if actor.is_signer else ("查看", False)
    if not actor.is_reporter or not window(report, today):
        return "查看", False
    words = {RETURNED: "修改重报", OVERDUE: "补填报送", DRAFT: "继续填报", NOT_FILLED: "填报"}
    return words[kind], True


def _why(report: Filed, versions: Sequence[Draft], primary: object, today: date) -> str:
    may_type = window(report, today)
    if report.state != SIGNING and not may_type:
        return may_type.reason
    if report.state == RETURNED:
        return _why_returned(versions)
    if not versions or versions[0].edited_at is None:
        return _why_empty(report, primary)
    say: Callable[[Filed, Draft], str] = _why_signing if report.state == SIGNING else _why_draft
    return say(report, versions[0])


def _why_returned(versions: Sequence[Draft]) -> str:
    returned = returned_among(versions)
    if returned is None:
        return "已退回，请修改后重报"
    who = "督查室" if returned.signed_at else returned.decided_by_name
    when = text.moment(returned.decided_at) if returned.decided_at else ""
    return f"{who}{when}退回：{returned.return_reason}"


def _why_signing(report: Filed, version: Draft) -> str:
    when = text.moment(version.submitted_at) if version.submitted_at else ""
    return f"{report.period.label}进展由{version.submitted_by_name}于{when}送审签"


def _why_draft(report: Filed, version: Draft) -> str:
    empty = [
        f"“{word}”"
        for word, typed in (("进展情况", version.progress), ("下一步工作安排", version.next_steps))
        if not typed.strip() and not version.no_progress
    ]
    saved = text.moment(version.edited_at) if version.edited_at else ""
    what = "更正稿" if version.is_correction else "草稿"
    words = f"{report.period.label}进展{what}由{version.edited_by_name}保存于{saved}"
    return words + (f"，{'、'.join(empty)}未填" if empty else "，尚未送审签")


def _why_empty(report: Filed, primary: object) -> str:
    label = f"{report.period.label}进展待填报"
    if report.is_main:
        return label
    role = "责任" if report.task.is_project else "牵头"
    first = f"（首位{role}：{primary}）" if primary else ""
    if report.duty == Duty.SHARE:
        return f"{label}：{said('分县数据')}{first}，请填本地一行"
    return f"{label}：共同{role}单位{first}，请填本单位分项和一段进展"
