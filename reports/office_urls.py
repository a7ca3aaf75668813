"""Addresses of the office's own pages."""

from django.urls import URLPattern, path

from reports.views import office, unit

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/office/", office.office, name="office"),
    path("<slug:slug>/office/filings/", office.filings, name="filings"),
    path("<slug:slug>/office/filings.xlsx", office.filings_excel, name="filings_excel"),
    path("<slug:slug>/units/<int:pk>/", unit.unit, name="unit"),
]
