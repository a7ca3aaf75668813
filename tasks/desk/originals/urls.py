"""Addresses of 年度责任分解 and 原件."""

from django.urls import URLPattern, path

from tasks.desk.originals import views, views_columns

urlpatterns: list[URLPattern] = [
    path("plans/", views.plans, name="plans"),
    path("plans/new/", views.draft_new, name="draft_new"),
    path("plans/drafts/<int:draft>/", views.draft, name="draft"),
    path("plans/drafts/<int:draft>/columns/", views_columns.draft_columns, name="draft_columns"),
    path("plans/drafts/<int:draft>/discard/", views.draft_discard, name="draft_discard"),
    path("plans/sources/<int:source>/", views.draft_source, name="draft_source"),
]
