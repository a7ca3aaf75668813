"""Address of the Excel of lists."""

from django.urls import URLPattern, path

from reports.lists import views

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/lists/<slug:name>/excel/", views.list_excel, name="list_excel"),
]
