"""Addresses of 核查."""

from django.urls import URLPattern, path

from progress.visits import views, views_one

ONE = "<slug:slug>/visits/<int:pk>"
urlpatterns: list[URLPattern] = [
    path("<slug:slug>/visits/", views.visits, name="visits"),
    path("<slug:slug>/visits/draw/", views.visit_draw, name="visit_draw"),
    path("<slug:slug>/visits/choose/", views.visit_choose, name="visit_choose"),
    path("<slug:slug>/visits/draws/<int:pk>/", views.visit_drawn, name="visit_drawn"),
    path(f"{ONE}/", views_one.visit, name="visit"),
    path(f"{ONE}/record/", views_one.visit_do, {"act": "record"}, name="visit_record"),
    path(f"{ONE}/mend/", views_one.visit_do, {"act": "mend"}, name="visit_mend"),
    path(f"{ONE}/close/", views_one.visit_do, {"act": "close"}, name="visit_close"),
    path(f"{ONE}/drop/", views_one.visit_do, {"act": "drop"}, name="visit_drop"),
    path(f"{ONE}/photos/", views_one.visit_photo, name="visit_photo"),
]
