"""Addresses of 催办登记 and 未报清单."""

from django.urls import URLPattern, path

from progress.urging import views

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/unreported/", views.unreported, name="unreported"),
    path("<slug:slug>/urge/", views.urge, name="urge"),
    path("<slug:slug>/urges/", views.urges, name="urges"),
    path("<slug:slug>/urges/note/", views.urge_note, name="urge_note"),
]
