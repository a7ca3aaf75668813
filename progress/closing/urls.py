"""Addresses of 办结销号, 年终结果 and the decisions of an item."""

from django.urls import URLPattern, path

from progress.closing import views, views_acts, views_year_end
from tasks.item_address import ITEM

ONE = "<slug:slug>/closures/<int:pk>"
urlpatterns: list[URLPattern] = [
    path(f"{ITEM}/decisions/", views_year_end.item_decisions, name="item_decisions"),
    path(f"{ITEM}/claim/", views.claim, name="claim"),
    path(
        "<slug:slug>/adjustments/<int:pk>/scan/",
        views_year_end.adjustment_scan,
        name="adjustment_scan",
    ),
    path("<slug:slug>/closures/", views.closures, name="closures"),
    path(f"{ONE}/", views.closure, name="closure"),
    path(f"{ONE}/check/", views_acts.closure_do, {"act": "check"}, name="closure_check"),
    path(f"{ONE}/close/", views_acts.closure_do, {"act": "close"}, name="closure_close"),
    path(f"{ONE}/decline/", views_acts.closure_do, {"act": "decline"}, name="closure_decline"),
    path(f"{ONE}/reopen/", views_acts.closure_do, {"act": "reopen"}, name="closure_reopen"),
    path(f"{ONE}/scan/", views_year_end.closure_scan, name="closure_scan"),
    path("<slug:slug>/outcomes/", views_year_end.outcomes, name="outcomes"),
    path("<slug:slug>/outcomes/carry/", views_year_end.carry_over, name="carry_over"),
]
