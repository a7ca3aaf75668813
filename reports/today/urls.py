"""Addresses of the office's home and of the words of its second bar."""

from django.urls import URLPattern, path

from reports.today import views

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/office/", views.office, name="office"),
    path("<slug:slug>/office/<slug:word>/", views.office_word, name="office_word"),
]
