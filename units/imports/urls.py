"""Addresses of the Excel files of accounts and units."""

from django.urls import URLPattern, path

from units.imports import views

urlpatterns: list[URLPattern] = [
    path("import/<slug:kind>/", views.sheet, name="sheet"),
    path("import/<slug:kind>/template/", views.sheet_template, name="sheet_template"),
    path("import/<slug:kind>/sealed/", views.sheet_sealed, name="sheet_sealed"),
    path("import/<slug:kind>/<int:pk>/", views.sheet_upload, name="sheet_upload"),
    path("import/<slug:kind>/<int:pk>/errors/", views.sheet_errors, name="sheet_errors"),
]
