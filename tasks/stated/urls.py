"""Addresses of 数据来源和口径."""

from django.urls import URLPattern, path

from tasks.stated import views

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/figures/<int:pk>/", views.stated, name="stated"),
    path("<slug:slug>/figures/<int:pk>/save/", views.stated_save, name="stated_save"),
]
