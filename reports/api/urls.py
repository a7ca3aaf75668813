"""Addresses of the door for other systems."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, path

from reports.api import views, views_docs

V1, PLAN = "api/v1/", "api/v1/plans/<slug:slug>/"


def _door(route: str, view: type, name: str) -> URLPattern:
    """It asks who comes by itself, and answers 401 instead of a page to log in."""
    return path(route, login_not_required(view.as_view()), name=f"api_{name}")  # type: ignore[attr-defined]


urlpatterns: list[URLPattern] = [
    path("api/docs/", views_docs.docs, name="api_docs"),
    _door(f"{V1}openapi.json", views_docs.SchemaView, "schema"),
    _door(f"{V1}plans/", views.PlansView, "plans"),
    _door(f"{PLAN}items/", views.ItemsView, "items"),
    _door(f"{PLAN}items/<slug:item_kind>/<int:number>/", views.ItemView, "item"),
    _door(f"{PLAN}finalized/", views.FinalizedView, "finalized"),
    _door(f"{PLAN}indicators/", views.IndicatorsView, "indicators"),
    _door(f"{PLAN}counts/", views.CountsView, "counts"),
    _door(f"{PLAN}units/", views.UnitsView, "units"),
    _door(f"{PLAN}designations/", views.DesignationsView, "designations"),
    _door(f"{PLAN}periods/", views.PeriodsView, "periods"),
    _door(f"{PLAN}matters/", views.InstructionsView, "matters"),
    _door(f"{PLAN}orders/", views.OrdersView, "orders"),
    _door(f"{PLAN}bulletins/", views.BulletinsView, "bulletins"),
]
