"""Addresses of 首次启用."""

from django.urls import URLPattern, path

from units.first_run import views, views_steps

urlpatterns: list[URLPattern] = [
    path("first-run/", views.first_run, name="first_run"),
    path("first-run/<slug:step>/", views_steps.step, name="first_run_step"),
]
