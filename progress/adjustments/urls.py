"""Addresses of 调整."""

from django.urls import URLPattern, path

from progress.adjustments import views, views_new
from progress.adjustments import views_acts as acts
from tasks.item_address import ITEM

ONE = "<slug:slug>/adjustments/<int:pk>"
urlpatterns: list[URLPattern] = [
    path(f"{ITEM}/adjust/<slug:what>/", views.ask, name="ask"),
    path(f"{ITEM}/adjust/<slug:what>/register/", views_new.adjustment_new, name="adjustment_new"),
    path("<slug:slug>/adjustments/", views.adjustments, name="adjustments"),
    path(f"{ONE}/", views.adjustment, name="adjustment"),
    path(f"{ONE}/register/", acts.adjustment_do, {"act": "register"}, name="adjustment_register"),
    path(f"{ONE}/decline/", acts.adjustment_do, {"act": "decline"}, name="adjustment_decline"),
    path(f"{ONE}/revoke/", acts.adjustment_do, {"act": "revoke"}, name="adjustment_revoke"),
    path(f"{ONE}/end/", acts.adjustment_do, {"act": "end"}, name="adjustment_end"),
]
