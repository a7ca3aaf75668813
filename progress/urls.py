"""Addresses where something is done: filing, signing, reviewing, 定稿."""

from django.urls import URLPattern, path

from progress.views import notices

app_name = "progress"
urlpatterns: list[URLPattern] = [
    path("notices/", notices.notices, name="notices"),
]
