"""Addresses of what waits for a second person."""

from django.urls import URLPattern, path

from units.powers import views

urlpatterns: list[URLPattern] = [
    path("powers/", views.powers, name="powers"),
    path("powers/<int:pk>/confirm/", views.power_confirm, name="power_confirm"),
    path("powers/<int:pk>/refuse/", views.power_refuse, name="power_refuse"),
    path("powers/<int:pk>/withdraw/", views.power_withdraw, name="power_withdraw"),
]
