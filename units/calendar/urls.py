"""Addresses of 工作日安排."""

from django.urls import URLPattern, path

from units.calendar import views

urlpatterns: list[URLPattern] = [
    path("calendar/", views.calendar, name="calendar"),
]
