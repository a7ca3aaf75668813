"""Addresses of 调整."""

from django.urls import URLPattern, path

from progress.adjustments import views, views_acts
from tasks.item_address import ITEM

urlpatterns: list[URLPattern] = [
    path(f"{ITEM}/adjust/<slug:what>/", views.ask, name="ask"),
    path("<slug:slug>/adjustments/", views.adjustments, name="adjustments"),
    path("<slug:slug>/adjustments/<int:pk>/", views.adjustment, name="adjustment"),
    path(
        "<slug:slug>/adjustments/<int:pk>/register/",
        views_acts.register,
        name="adjustment_register",
    ),
    path(
        "<slug:slug>/adjustments/<int:pk>/decline/", views_acts.decline, name="adjustment_decline"
    ),
    path("<slug:slug>/adjustments/<int:pk>/revoke/", views_acts.revoke, name="adjustment_revoke"),
    path("<slug:slug>/adjustments/<int:pk>/end/", views_acts.end, name="adjustment_end"),
]
