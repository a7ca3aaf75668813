"""Addresses of 单位."""

from django.urls import URLPattern, path

from progress.unit_list import views

urlpatterns: list[URLPattern] = [
    path("unit-list/", views.units, name="unit_list"),
    path("unit-list/<int:pk>/", views.unit, name="unit_kept"),
]
