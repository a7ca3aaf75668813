"""What is left of the codes on paper, said wherever one of them was used."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

from units.factors import required, ways
from units.models import CodeKind, User

FEW = {CodeKind.RECOVERY: 2, CodeKind.SHEET: 5}
RECOVERY_FEW = "恢复码只剩{left}个，请在“登录保护”里重新生成。"
SHEET_FEW = "口令单只剩{left}个口令，请在“登录保护”里打印新的口令单。"
SHEET_OVER = "口令单已用完，请先打印新的口令单。"


def say_what_is_left(request: HttpRequest, user: User, way: str) -> None:
    """After `way` opened: who used the last code of a sheet prints a new one before all else."""
    if way not in (ways.RECOVERY, ways.SHEET):
        return
    held = ways.ways_of(user)
    left = held.recovery if way == ways.RECOVERY else held.sheet or 0
    if way == ways.SHEET and left == 0:
        request.session[required.USED_UP] = True
        messages.warning(request, SHEET_OVER)
    elif left <= FEW[CodeKind(way)]:
        words = RECOVERY_FEW if way == ways.RECOVERY else SHEET_FEW
        messages.warning(request, words.format(left=left))
