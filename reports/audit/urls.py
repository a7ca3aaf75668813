"""Addresses of the Excel of the log."""

from django.urls import URLPattern, path

from reports.audit import views

urlpatterns: list[URLPattern] = [
    path("audit.xlsx", views.audit_excel, name="audit_excel"),
]
