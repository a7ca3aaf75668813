"""Addresses of 单位推进情况."""

from django.urls import URLPattern, path

from reports.views import standing_acts as acts
from reports.views import standings

ALL, ONE = "<slug:slug>/standings/", "<slug:slug>/standings/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path(ALL, standings.standings, name="standings"),
    path(f"{ALL}draft/", acts.standing_draft, name="standing_draft"),
    path(f"{ALL}weights/", acts.standing_weights, name="standing_weights"),
    path(ONE, standings.standing, name="standing"),
    path(f"{ONE}units/<int:unit>/", standings.standing_unit, name="standing_unit"),
    path(f"{ONE}scan/", standings.standing_scan, name="standing_scan"),
    path(f"{ONE}refresh/", acts.standing_refresh, name="standing_refresh"),
    path(f"{ONE}approve/", acts.standing_approve, name="standing_approve"),
    path(f"{ONE}drop/", acts.standing_drop, name="standing_drop"),
    path(f"{ONE}revoke/", acts.standing_revoke, name="standing_revoke"),
]
