"""Addresses of 佐证材料 and photographs."""

from django.urls import URLPattern, path

from progress.evidence import views, views_photos

urlpatterns: list[URLPattern] = [
    path(
        "<slug:slug>/projects/<int:number>/photos/",
        views_photos.project_photos,
        name="project_photos",
    ),
    path("<slug:slug>/evidence/<int:pk>/", views.evidence, name="evidence"),
    path("<slug:slug>/evidence/<int:pk>/preview/", views.evidence_preview, name="evidence_preview"),
]
