"""Addresses of 填报期 and 定稿."""

from django.urls import URLPattern, path

from progress.finalizing import views

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/periods/", views.periods, name="periods"),
    path("<slug:slug>/periods/activate/", views.activate, name="activate"),
    path("<slug:slug>/periods/<int:pk>/", views.period, name="period"),
    path("<slug:slug>/periods/<int:pk>/finalize/", views.finalize, name="finalize"),
    path("<slug:slug>/periods/<int:pk>/move/", views.move, name="period_move"),
]
