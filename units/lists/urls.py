"""Addresses of kept filters."""

from django.urls import URLPattern, path

from units.lists import views

urlpatterns: list[URLPattern] = [
    path("views/keep/", views.view_keep, name="view_keep"),
    path("views/<int:pk>/drop/", views.view_drop, name="view_drop"),
]
