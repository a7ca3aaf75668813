"""Every address of the site: the rooms of each app, and what machines ask for."""

from django.urls import include, path

from huangshi_tasks import health
from units.admin_site import site

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", site.urls),
    path("", include("units.urls")),
    path("", include("progress.urls")),
    path("", include("reports.urls")),
]

handler400 = "huangshi_tasks.errors.bad_request"
handler403 = "huangshi_tasks.errors.forbidden"
handler404 = "huangshi_tasks.errors.not_found"
handler500 = "huangshi_tasks.errors.server_error"
