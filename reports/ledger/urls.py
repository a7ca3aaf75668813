"""Addresses of 任务台账 and 搜索."""

from django.urls import URLPattern, path

from reports.ledger import views, views_search

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/search/", views_search.search, name="search"),
    path("<slug:slug>/tasks/", views.ledger, name="ledger"),
]
