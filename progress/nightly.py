"""What is looked after every night: the log, next year's calendar, old sessions, keys, drafts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.core.management import call_command

from progress.telling.notice import tell
from progress.telling.people import holders_of
from tasks.desk.originals.clearing import clear_discarded
from units.calendar import workdays
from units.files.held import forget_old as forget_held
from units.job_runs import one_by_one
from units.log.verification import first_bad_position
from units.models import LogHead, Role
from units.once.claims import forget_old
from units.powers.deciding import lapse_all

URGENCY = 1


def check_and_clear(*, now: datetime) -> None:
    """Check the log, tell the auditors where it ends, clear sessions and keys that have run out."""
    chores: dict[str, Callable[[], object]] = {
        "核对操作日志": lambda: _check_log(now),
        "检查工作日安排": lambda: _check_calendar(now),
        "清除过期登录": lambda: call_command("clearsessions"),
        "清除过期表单": lambda: forget_old(now),
        "作废逾期未确认的事项": lambda: lapse_all(now=now),
        "清除暂存的文件": forget_held,
        "清除废弃草稿的原件": lambda: clear_discarded(now=now),
    }
    one_by_one(chores, lambda name: chores[name]())


def _check_log(now: datetime) -> None:
    bad = first_bad_position()
    head = LogHead.objects.first()
    end = f"第{head.position}号，校验值{head.hash}" if head is not None else "尚无记录"
    text = f"操作日志核对无误，末端：{end}。"
    if bad is not None:
        text = f"操作日志第{bad}号核对不符，请立即停止使用并保全数据库。末端：{end}。"
    rung = "nightly" if bad is None else f"bad:{bad}"
    _tell(Role.AUDITOR, f"log:{now:%Y%m%d}", rung, text, now)


def _check_calendar(now: datetime) -> None:
    year = workdays.missing_year(now.date())
    if year is not None:
        text = f"{year}年节假日安排尚未录入，请在“工作日安排”中按国务院通知录入。"
        _tell(Role.OFFICE, f"calendar:{year}", f"{now:%Y%m}", text, now)


def _tell(role: Role, subject: str, rung: str, text: str, now: datetime) -> None:
    people = holders_of(role, now.date())
    tell(people, subject, rung, text, "", now=now, urgency=URGENCY, once=True)
