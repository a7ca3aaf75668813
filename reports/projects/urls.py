"""Addresses of 十件实事."""

from django.urls import URLPattern, path

from reports.projects import views

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/projects/", views.projects, name="projects"),
    path("<slug:slug>/projects/<int:number>/parts/", views.parts, name="project_parts"),
]
