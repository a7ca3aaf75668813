"""Addresses of drafts: ``/plans/…``."""

from django.urls import URLPattern

from tasks.desk.carrying import urls as carrying
from tasks.desk.editing import urls as editing
from tasks.desk.originals import urls as originals

urlpatterns: list[URLPattern] = [
    *originals.urlpatterns,
    *editing.urlpatterns,
    *carrying.urlpatterns,
]
