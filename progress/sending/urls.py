"""Addresses of 送审签 in a batch."""

from django.urls import URLPattern, path

from progress.sending import views

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/send/", views.batch, name="batch"),
    path("<slug:slug>/send/paper/", views.sign_on_paper, name="sign_on_paper"),
]
