"""Addresses of drafts: ``/plans/…``."""

from django.urls import URLPattern

from tasks.desk.editing import urls as editing
from tasks.desk.originals import urls as originals

urlpatterns: list[URLPattern] = [*originals.urlpatterns, *editing.urlpatterns]
