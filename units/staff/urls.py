"""Addresses of 人员."""

from django.urls import URLPattern, path

from units.staff import views, views_person

urlpatterns: list[URLPattern] = [
    path("people/", views.people, name="people"),
    path("people/<int:pk>/", views_person.person, name="person"),
]
