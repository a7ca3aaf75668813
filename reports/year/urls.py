"""Addresses of 方面, 责任矩阵 and 节点."""

from django.urls import URLPattern, path

from reports.year import views

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/areas/<int:number>/", views.area, name="area"),
    path("<slug:slug>/matrix/", views.matrix, name="matrix"),
    path("<slug:slug>/year/", views.months, name="months"),
    path("<slug:slug>/timeline/", views.timeline, name="timeline"),
]
