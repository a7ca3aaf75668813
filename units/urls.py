"""Addresses of people and accounts."""

from django.urls import URLPattern

app_name = "units"
urlpatterns: list[URLPattern] = []
