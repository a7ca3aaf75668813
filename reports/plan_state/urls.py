"""Addresses of 年度状态."""

from django.urls import URLPattern, path

from reports.plan_state import views

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/state/", views.plan_state, name="plan_state"),
    path("<slug:slug>/state/main/", views.plan_main, name="plan_main"),
    path("<slug:slug>/state/archive/", views.plan_archive, name="plan_archive"),
    path("<slug:slug>/state/reopen/", views.plan_reopen, name="plan_reopen"),
]
