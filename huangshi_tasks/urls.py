"""Every address of the site: the rooms of each app, and what machines ask for."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView

from huangshi_tasks.watching import urls as watching
from units.people.admin_site import site

# Browsers ask for it on pages that do not name it.
FAVICON = RedirectView.as_view(url=f"/{settings.STATIC_URL.strip('/')}/favicon.svg")

urlpatterns = [
    *watching.urlpatterns,
    path("favicon.ico", login_not_required(FAVICON)),
    path("", include("units.urls")),
    path("", include("tasks.urls")),
    path("", include("progress.urls")),
    path("", include("reports.urls")),
]

# Django's own pages of accounts and units: for whoever must mend a row by hand, never in daily use.
if settings.RAW_ADMIN:
    urlpatterns.insert(0, path("admin/", site.urls))

handler400 = "huangshi_tasks.errors.bad_request"
handler403 = "huangshi_tasks.errors.forbidden"
handler404 = "huangshi_tasks.errors.not_found"
handler500 = "huangshi_tasks.errors.server_error"
