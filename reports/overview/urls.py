"""Addresses of 总览 and 大屏."""

from django.urls import URLPattern, path

from reports.overview import views, views_screen

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/overview/", views.overview, name="overview"),
    path("<slug:slug>/screen/", views_screen.screen, name="screen"),
]
