"""Addresses of 消息."""

from django.urls import URLPattern, path

from progress.telling import views

urlpatterns: list[URLPattern] = [
    path("notices/", views.notices, name="notices"),
]
