"""Addresses of 我的工作台 and the page of a unit."""

from django.urls import URLPattern, path

from reports.desk import views, views_unit

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/desk/", views.desk, name="desk"),
    path("<slug:slug>/units/<int:pk>/", views_unit.unit, name="unit"),
]
