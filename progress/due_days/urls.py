"""Addresses of 工作日调整."""

from django.urls import URLPattern, path

from progress.due_days import views

urlpatterns: list[URLPattern] = [
    path("calendar/due-days/", views.due_days, name="due_days"),
]
