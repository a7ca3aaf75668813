"""Addresses of 督查室, 报送情况 and the ledger of messages."""

from django.urls import URLPattern, path

from reports.office import views, views_reminders

urlpatterns: list[URLPattern] = [
    path(
        "<slug:slug>/tasks/<int:number>/reminders/",
        views_reminders.item_reminders,
        name="item_reminders",
    ),
    path(
        "<slug:slug>/projects/<int:number>/reminders/",
        views_reminders.project_reminders,
        name="project_reminders",
    ),
    path("reminders/", views_reminders.reminders, name="reminders"),
    path("reminders.xlsx", views_reminders.reminders_excel, name="reminders_excel"),
    path("<slug:slug>/office/figures/", views.figures, name="figures"),
    path("<slug:slug>/office/filings/", views.filings, name="filings"),
    path("<slug:slug>/office/filings.xlsx", views.filings_excel, name="filings_excel"),
]
