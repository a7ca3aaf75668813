"""Addresses of an item and its 办理全程."""

from django.urls import URLPattern, path

from reports.item import views, views_trail
from tasks.item_address import ITEM

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/tasks/<int:number>/", views.item, name="item"),
    path("<slug:slug>/projects/<int:number>/", views.project, name="project"),
    path("<slug:slug>/source/", views.source, name="source"),
    path(f"{ITEM}/trail/", views_trail.item_trail, name="item_trail"),
    path("<slug:slug>/reports/<int:pk>/trail/", views_trail.report_trail_page, name="report_trail"),
]
