"""Addresses of 消息."""

from django.urls import URLPattern, path

from progress.inbox import views

urlpatterns: list[URLPattern] = [
    path("notices/", views.notices, name="notices"),
    path("notices/<int:pk>/", views.notice, name="notice"),
    path("notices/read/", views.read_all, name="notices_read"),
    path("notices/settings/", views.settings, name="notice_settings"),
    path("notices/rule/", views.rule, name="notice_rule"),
]
