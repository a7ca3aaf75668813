"""Addresses of 待明确单位."""

from django.urls import URLPattern, path

from tasks.naming import views

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/designations/", views.namings, name="namings"),
    path("<slug:slug>/designations/<int:pk>/", views.naming, name="naming"),
    path("<slug:slug>/designations/<int:pk>/name/", views.name, name="naming_name"),
    path("<slug:slug>/designations/<int:pk>/nobody/", views.nobody, name="naming_nobody"),
    path("<slug:slug>/namings/<int:pk>/decide/", views.naming_decide, name="naming_decide"),
]
