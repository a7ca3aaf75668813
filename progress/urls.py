"""Addresses where something is done: filing, signing, reviewing, 定稿."""

from django.urls import URLPattern

app_name = "progress"
urlpatterns: list[URLPattern] = []
