"""Addresses where something is seen or leaves: desk, ledger, item, overview, projects, Excel."""

from django.urls import URLPattern

app_name = "reports"
urlpatterns: list[URLPattern] = []
