"""Addresses of 单位推进情况."""

from django.urls import URLPattern, path

from reports.standings import views, views_acts

ALL = "<slug:slug>/standings/"
ONE = "<slug:slug>/standings/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path(ALL, views.standings, name="standings"),
    path(f"{ALL}draft/", views_acts.standing_draft, name="standing_draft"),
    path(f"{ALL}weights/", views_acts.standing_weights, name="standing_weights"),
    path(ONE, views.standing, name="standing"),
    path(f"{ONE}units/<int:unit>/", views.standing_unit, name="standing_unit"),
    path(f"{ONE}scan/", views.standing_scan, name="standing_scan"),
    path(f"{ONE}refresh/", views_acts.standing_do, {"act": "refresh"}, name="standing_refresh"),
    path(f"{ONE}approve/", views_acts.standing_do, {"act": "approve"}, name="standing_approve"),
    path(f"{ONE}drop/", views_acts.standing_do, {"act": "drop"}, name="standing_drop"),
    path(f"{ONE}revoke/", views_acts.standing_do, {"act": "revoke"}, name="standing_revoke"),
]
