"""Addresses of the Excel files that are filled in and sent back."""

from django.urls import URLPattern, path

from progress.workbook import views

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/import/<slug:kind>/", views.sheet, name="sheet"),
    path("<slug:slug>/import/<slug:kind>/template/", views.sheet_template, name="sheet_template"),
    path("<slug:slug>/import/<slug:kind>/<int:pk>/", views.sheet_upload, name="sheet_upload"),
    path(
        "<slug:slug>/import/<slug:kind>/<int:pk>/errors/", views.sheet_errors, name="sheet_errors"
    ),
]
