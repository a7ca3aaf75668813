"""Addresses of 责任清单 and 交接."""

from django.urls import URLPattern, path

from progress.duties import views, views_handover

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/duties/", views.duties, name="duties"),
    path("<slug:slug>/duties/receive/", views.receive_everything, name="receive_all"),
    path("<slug:slug>/duties/<int:pk>/", views.duty, name="duty"),
    path("<slug:slug>/duties/<int:pk>/receive/", views.receive_one, name="duty_receive"),
    path("<slug:slug>/duties/<int:pk>/contacts/", views.contacts, name="duty_contacts"),
    path("<slug:slug>/duties/<int:pk>/object/", views.object_to_one, name="duty_object"),
    path("<slug:slug>/namings/<int:pk>/answer/", views.answer_naming, name="naming_answer"),
    path("handover/", views_handover.handovers, name="handovers"),
    path("handover/<int:pk>/", views_handover.handover, name="handover"),
]
