"""Addresses of 接口令牌."""

from django.urls import URLPattern, path

from units.tokens import views

urlpatterns: list[URLPattern] = [
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<int:pk>/<slug:act>/", views.token_do, name="token_do"),
]
