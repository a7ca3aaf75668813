"""Addresses of 承诺与计量."""

from django.urls import URLPattern, path

from tasks.commitments import views

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/commitments/<int:pk>/", views.commitments, name="commitments"),
    path(
        "<slug:slug>/commitments/<int:pk>/decide/",
        views.commitment_decide,
        name="commitment_decide",
    ),
    path("<slug:slug>/commitments/<int:pk>/add/", views.commitment_add, name="commitment_add"),
]
