"""Addresses of 任务台账 and 搜索."""

from django.urls import URLPattern, path

from reports.ledger import views

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/tasks/", views.ledger, name="ledger"),
]
