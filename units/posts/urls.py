"""Addresses of 职务."""

from django.urls import URLPattern, path

from units.posts import views

urlpatterns: list[URLPattern] = [
    path("posts/", views.posts, name="posts"),
    path("posts/<int:pk>/", views.post, name="post"),
]
