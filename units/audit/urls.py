"""Addresses of 操作日志."""

from django.urls import URLPattern, path

from units.audit import views

urlpatterns: list[URLPattern] = [
    path("audit/", views.audit, name="audit"),
]
