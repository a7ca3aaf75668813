"""Addresses of 启用检查 and of 启用时遗留."""

from django.urls import URLPattern, path

from progress.starting import views, views_left_open

urlpatterns: list[URLPattern] = [
    path("plans/drafts/<int:draft>/check/", views.draft_check, name="draft_check"),
    path("<slug:slug>/left-open/", views_left_open.left_open, name="left_open"),
    path(
        "<slug:slug>/left-open/number/", views_left_open.left_open_number, name="left_open_number"
    ),
    path(
        "<slug:slug>/left-open/<int:pk>/solve/",
        views_left_open.left_open_solve,
        name="left_open_solve",
    ),
    path(
        "<slug:slug>/left-open/<int:pk>/name/",
        views_left_open.left_open_name,
        name="left_open_name",
    ),
]
