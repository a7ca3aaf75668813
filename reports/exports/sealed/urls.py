"""Addresses of the auditor's parts of archives."""

from django.urls import URLPattern, path

from reports.exports.sealed import views

urlpatterns: list[URLPattern] = [
    path("audit/archives/", views.parts, name="sealed_parts"),
    path("audit/archives/<int:pk>/", views.part_file, name="sealed_part"),
    path("audit/archives/<int:pk>/password/", views.part_password, name="sealed_password"),
]
