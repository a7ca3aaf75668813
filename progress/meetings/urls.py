"""Addresses of 调度会."""

from django.urls import URLPattern, path

from progress.meetings import views

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/meetings/", views.meetings, name="meetings"),
    path("<slug:slug>/meetings/<int:pk>/", views.meeting, name="meeting"),
    path(
        "<slug:slug>/meetings/<int:pk>/<slug:item_kind>/<int:number>/",
        views.meeting_item,
        name="meeting_item",
    ),
    path("<slug:slug>/meetings/<int:pk>/send/", views.meeting_send, name="meeting_send"),
    path("<slug:slug>/meetings/decisions/<int:pk>/drop/", views.meeting_drop, name="meeting_drop"),
]
