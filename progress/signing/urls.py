"""Addresses of 审签."""

from django.urls import URLPattern, path

from progress.signing import views

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/signing/", views.signing, name="signing"),
    path("<slug:slug>/signing/batch/", views.signing_batch, name="signing_batch"),
    path("<slug:slug>/signing/<int:pk>/", views.signing_report, name="signing_report"),
]
