"""Addresses of the password and 当前身份."""

from django.urls import URLPattern, path

from units.people import views

urlpatterns: list[URLPattern] = [
    path("password/", views.password_change, name="password_change"),
    path("switch/", views.switch, name="switch"),
]
