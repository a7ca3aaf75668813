"""Addresses of 集合称谓."""

from django.urls import URLPattern, path

from units.groups import views

urlpatterns: list[URLPattern] = [
    path("unit-groups/", views.groups, name="groups"),
    path("unit-groups/<int:pk>/", views.group, name="group"),
]
