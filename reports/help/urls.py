"""Addresses of 帮助."""

from django.urls import URLPattern, path

from reports.help import views

urlpatterns: list[URLPattern] = [
    path("help/", views.help_all, name="help"),
    path("help/beside/", views.help_beside, name="help_beside"),
    path("help/<int:chapter>/", views.help_chapter, name="help_chapter"),
]
