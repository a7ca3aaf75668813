"""The addresses where RAW_ADMIN is set: for tests of Django's own admin (`pytest.mark.urls`)."""

from django.urls import path

from huangshi_tasks import urls
from huangshi_tasks.urls import handler400, handler403, handler404, handler500
from units.people.admin_site import site

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
urlpatterns = [path("admin/", site.urls), *urls.urlpatterns]
