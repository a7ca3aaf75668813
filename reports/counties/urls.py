"""Addresses of 分县完成情况."""

from django.urls import URLPattern, path

from reports.counties import views

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/counties/", views.counties, name="counties"),
    path("<slug:slug>/counties/<int:pk>/", views.county, name="county"),
]
