"""Django's admin behind the role of 系统管理员: accounts, appointments, units, nothing else.

Coming in, going out and changing the own password are the pages of `units.views`, so that the log
has them; the door itself answers 403 with its reason instead of asking to log in again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.shortcuts import redirect

from huangshi_tasks.lib.clamd import is_alive
from units.actors import Actor
from units.models import User
from units.people.accounts import without_mobile
from units.permissions import can_administer, require

View = Callable[..., Any]
LONGEST_ID = 18  # digits; a longer number fits no database


class OfficeAdminSite(AdminSite):
    """Open to whoever acts as administrator now; `is_staff` plays no part."""

    site_header = site_title = "账号和单位"
    index_title = "系统管理"
    site_url = None
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        actor: Actor | None = getattr(request, "actor", None)
        return actor is not None and bool(can_administer(actor))

    def admin_view(self, view: View, cacheable: bool = False) -> Any:
        """Refuse with a reason (403), and ids that are none (400), before Django looks."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            require(can_administer(request.actor))  # type: ignore[attr-defined]
            refuse_strange_ids(request)
            return inner(request, *args, **kwargs)

        return update_wrapper(guarded, inner)

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Accounts and units; whether files are scanned, whom no message reaches, who must be
        renamed.
        """
        state = {
            "scanner": scanner_state(settings.CLAMD_URL),
            "unreached": without_mobile(),
            "alike": User.objects.filter(folded_name=None),
        }
        return super().index(request, state | (extra_context or {}))

    def login(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """There is one login, which writes the log."""
        return redirect("units:login")

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Going out is a POST of `units:logout`."""
        return redirect("units:logout", preserve_request=True)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("units:password_change")


def scanner_state(url: str | None) -> str:
    """病毒扫描 in words; asks the scanner, three seconds at most."""
    if not url:
        return "未配置病毒扫描，上传的文件不作扫描。请安装clamd并设置CLAMD_URL。"
    if is_alive(url):
        return "病毒扫描正常。"
    return "病毒扫描没有应答，新上传的文件为待扫描，恢复后自动补扫。请检查clamd。"


def refuse_strange_ids(request: HttpRequest) -> None:
    """Django filters by the ids of the ticked rows without looking at them: 甲 would be a 500."""
    for value in request.POST.getlist(ACTION_CHECKBOX_NAME):
        if not (value.isascii() and value.isdigit() and len(value) <= LONGEST_ID):
            raise BadRequest("A ticked row is no number")


site = OfficeAdminSite(name="admin")
