"""Addresses of 征询配合单位."""

from django.urls import URLPattern, path

from progress.supports import views

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/reports/<int:pk>/parts/", views.parts, name="parts"),
    path("<slug:slug>/reports/<int:pk>/ask/", views.support_ask, name="support_ask"),
    path("<slug:slug>/supports/", views.support_requests, name="support_requests"),
    path("<slug:slug>/supports/<int:pk>/answer/", views.support_answer, name="support_answer"),
    path(
        "<slug:slug>/supports/<int:pk>/take-back/",
        views.support_take_back,
        name="support_take_back",
    ),
]
