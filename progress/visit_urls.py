"""Addresses of 核查."""

from django.urls import URLPattern, path

from progress.views import visit, visits

ONE = "<slug:slug>/visits/<int:pk>"
urlpatterns: list[URLPattern] = [
    path("<slug:slug>/visits/", visits.visits, name="visits"),
    path("<slug:slug>/visits/draw/", visits.visit_draw, name="visit_draw"),
    path("<slug:slug>/visits/choose/", visits.visit_choose, name="visit_choose"),
    path("<slug:slug>/visits/draws/<int:pk>/", visits.visit_drawn, name="visit_drawn"),
    path(f"{ONE}/", visit.visit, name="visit"),
    path(f"{ONE}/record/", visit.visit_record, name="visit_record"),
    path(f"{ONE}/mend/", visit.visit_mend, name="visit_mend"),
    path(f"{ONE}/close/", visit.visit_close, name="visit_close"),
    path(f"{ONE}/drop/", visit.visit_drop, name="visit_drop"),
    path(f"{ONE}/photos/", visit.visit_photo, name="visit_photo"),
]
