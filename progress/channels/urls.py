"""Addresses of the channels."""

from django.urls import URLPattern, path

from progress.channels import views

urlpatterns: list[URLPattern] = [
    path("channels/", views.channels, name="channels"),
    path("channels/<slug:key>/", views.channel_trial, name="channel_trial"),
]
