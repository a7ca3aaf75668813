"""Addresses of 子项."""

from django.urls import URLPattern, path

from progress.sub_items import views

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/indicators/<int:pk>/sub-items/", views.sub_items_of, name="sub_items_of"),
    path("<slug:slug>/indicators/<int:pk>/sub-items/add/", views.sub_item_add, name="sub_item_add"),
    path("<slug:slug>/sub-items/<int:pk>/", views.sub_item, name="sub_item"),
    path("<slug:slug>/sub-items/<int:pk>/change/", views.sub_item_change, name="sub_item_change"),
    path("<slug:slug>/sub-items/<int:pk>/retire/", views.sub_item_retire, name="sub_item_retire"),
    path("<slug:slug>/sub-items/<int:pk>/photos/", views.sub_item_photo, name="sub_item_photo"),
]
