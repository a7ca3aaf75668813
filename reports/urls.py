"""Addresses where something is seen or leaves: desk, ledger, item, overview, projects, Excel."""

from django.urls import URLPattern, path

from reports.views import excel, home, ledger

app_name = "reports"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("<slug:slug>/tasks/", ledger.ledger, name="ledger"),
    path("<slug:slug>/tasks.xlsx", excel.ledger_excel, name="ledger_excel"),
]
