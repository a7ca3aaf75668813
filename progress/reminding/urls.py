"""Addresses of 提醒规则."""

from django.urls import URLPattern, path

from progress.reminding import views

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/ladders/", views.ladders, name="ladders"),
    path("<slug:slug>/ladders/<slug:kind>/", views.ladder, name="ladder"),
]
