"""Addresses of 办结销号, 年终结果 and the decisions of an item."""

from django.urls import URLPattern, path

from progress.closing import views, views_acts, views_year_end
from tasks.item_address import ITEM

urlpatterns: list[URLPattern] = [
    path(f"{ITEM}/decisions/", views_year_end.item_decisions, name="item_decisions"),
    path(f"{ITEM}/claim/", views.claim, name="claim"),
    path(
        "<slug:slug>/adjustments/<int:pk>/scan/",
        views_year_end.adjustment_scan,
        name="adjustment_scan",
    ),
    path("<slug:slug>/closures/", views.closures, name="closures"),
    path("<slug:slug>/closures/<int:pk>/", views.closure, name="closure"),
    path("<slug:slug>/closures/<int:pk>/check/", views_acts.check, name="closure_check"),
    path("<slug:slug>/closures/<int:pk>/close/", views_acts.close, name="closure_close"),
    path(
        "<slug:slug>/closures/<int:pk>/decline/", views_acts.decline_claim, name="closure_decline"
    ),
    path("<slug:slug>/closures/<int:pk>/reopen/", views_acts.reopen_task, name="closure_reopen"),
    path("<slug:slug>/closures/<int:pk>/scan/", views_year_end.closure_scan, name="closure_scan"),
    path("<slug:slug>/outcomes/", views_year_end.outcomes, name="outcomes"),
    path("<slug:slug>/outcomes/carry/", views_year_end.carry_over, name="carry_over"),
]
