"""What was refused, in the log, so that nobody can flood it: of each kind and person (or address)
the first times in an hour are entries of their own, all others together are one.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from huangshi_tasks.lib import clock
from units import log
from units.actors import Actor
from units.guard.counters import held
from units.http import Request
from units.log.origin import address_of
from units.models import Repeated, User

ONE_BY_ONE = 3
WINDOW = timedelta(hours=1)
STRANGERS = "某地址以不存在的账号登录失败"


@transaction.atomic
def note(
    kind: str,
    *,
    act: log.Act,
    now: datetime,
    address: str,
    actor: Actor | None = None,
    user: User | None = None,
    together: str = "",
) -> None:
    """Log `act`, or count it. `kind` names what is counted together with whom it is; `together` is
    what the entry of all others says.
    """
    at = timezone.now()
    who = actor.user if actor is not None else user
    row = held(
        Repeated.objects,
        {"key": f"{kind}:{who.pk if who is not None else address}"},
        {
            "action": act.action,
            "summary": (together or act.summary)[:250],
            "user": who,
            "address": address,
            "since": at,
            "last_at": at,
        },
    )
    if at - row.since > WINDOW:
        _sum(row, now)
        row.since, row.count = at, 0
    row.count, row.last_at = row.count + 1, at
    row.save(update_fields=["since", "count", "last_at"])
    if row.count <= ONE_BY_ONE:
        log.record_all([act], now=now, actor=actor, user=user)


def sum_up() -> None:
    """Tell what was counted in hours that are over; hourly."""
    over = Repeated.objects.filter(since__lt=timezone.now() - WINDOW)
    for pk in list(over.values_list("pk", flat=True)):
        with transaction.atomic():
            row = over.select_for_update().filter(pk=pk).first()
            if row is not None:
                _sum(row, clock.now())
                row.delete()


def _sum(row: Repeated, now: datetime) -> None:
    more = row.count - ONE_BY_ONE
    if more <= 0:
        return
    until = timezone.localtime(row.last_at)
    log.record(
        action=row.action,
        user=row.user,
        subject=row.user,
        summary=f"{row.summary}（其后至{until:%H:%M}又有{more}次，合并记录）",
        changes={"times": more, "from_address": row.address},
        now=now,
    )


def note_wrong_code(request: Request, user: User) -> None:
    """A code of the second factor was wrong, or used before."""
    act = log.Act("factor.failed", f"动态口令错误：{user}", user)
    _note(request, "factor", act, user)


def note_wrong_old_password(request: Request, user: User) -> None:
    act = log.Act("password.failed", f"修改密码时原密码错误：{user}", user)
    _note(request, "old_password", act, user)


def note_failed_login(request: Request, name: str, known: User | None, *, is_locked: bool) -> None:
    """Of an account that there is, under it; all names that lead nowhere count together."""
    action, what = ("login.locked", "登录已锁定") if is_locked else ("login.failed", "登录失败")
    act = log.Act(action, f"{what}：{name}", known)
    if known is None:
        _note(request, action, act, None, together=STRANGERS)
    else:
        _note(request, action, act, known)


def _note(
    request: Request, kind: str, act: log.Act, user: User | None, *, together: str = ""
) -> None:
    address = address_of(request)
    note(kind, act=act, now=request.now, address=address, user=user, together=together)
