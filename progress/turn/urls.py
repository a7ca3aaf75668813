"""Addresses of 年度衔接."""

from django.urls import URLPattern, path

from progress.turn import views

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/turn/", views.turn, name="turn"),
    path("<slug:slug>/turn/confirm/", views.turn_confirm, name="turn_confirm"),
    path("<slug:slug>/turn/<int:pk>/answer/", views.turn_answer, name="turn_answer"),
    path("<slug:slug>/turn/carry/", views.turn_carry, name="turn_carry"),
    path("<slug:slug>/turn/<int:pk>/take-back/", views.turn_take_back, name="turn_take_back"),
]
