"""Django's admin behind the role of 系统管理员: accounts, appointments, units, nothing else."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.http import HttpRequest

from units.actors import Actor
from units.permissions import can_administer


class OfficeAdminSite(AdminSite):
    """Open to whoever acts as administrator now; `is_staff` plays no part."""

    site_header = site_title = "账号和单位"
    index_title = "系统管理"
    site_url = None
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        actor: Actor | None = getattr(request, "actor", None)
        return actor is not None and bool(can_administer(actor))


site = OfficeAdminSite(name="admin")
