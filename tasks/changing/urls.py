"""Addresses of 任务调整 and added items."""

from django.urls import URLPattern, path

from tasks.changing import views, views_areas, views_item

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/changes/", views.changes, name="changes"),
    path("<slug:slug>/changes/new/", views_item.add, name="item_new"),
    path("<slug:slug>/changes/add/", views_item.add_one, name="item_add"),
    path("<slug:slug>/changes/areas/", views_areas.area_names, name="area_names"),
    path("<slug:slug>/changes/<int:pk>/", views.change, name="change"),
    path("<slug:slug>/changes/<int:pk>/wording/", views.mend, name="change_wording"),
    path("<slug:slug>/changes/<int:pk>/number/", views.number, name="change_number"),
    path("<slug:slug>/approvals/<int:pk>/", views_item.approval_scan, name="approval_scan"),
    path("<slug:slug>/changes/<int:pk>/cycle/", views.cycle, name="change_cycle"),
    path("<slug:slug>/changes/<int:pk>/visibility/", views.visibility, name="change_visibility"),
]
