"""Addresses of the home of an actor."""

from django.urls import URLPattern, path

from reports.frame import views

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
]
