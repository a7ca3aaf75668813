"""The address of 搜索."""

from django.urls import URLPattern, path

from reports.search import views

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/search/", views.search, name="search"),
]
