"""Addresses of 台账报表."""

from django.urls import URLPattern, path

from reports.workbooks import views

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/workbooks/", views.workbooks, name="workbooks"),
]
