"""Addresses of 审核."""

from django.urls import URLPattern, path

from progress.reviewing import views, views_batch

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/review/", views.review, name="review"),
    path("<slug:slug>/review/<int:pk>/", views.review_report, name="review_report"),
    path("<slug:slug>/review/<int:pk>/accept/", views.accept, name="accept"),
    path("<slug:slug>/review/<int:pk>/undo/", views.undo, name="undo_accept"),
    path("<slug:slug>/review/<int:pk>/return/", views.return_to_unit, name="return_to_unit"),
    path("<slug:slug>/review/accept/", views_batch.accept_batch, name="accept_batch"),
]
