"""Addresses where something is seen or leaves: desk, ledger, item, overview, projects, Excel."""

from django.urls import URLPattern, path

from reports import office_urls, paper_urls, standing_urls
from reports.views import (
    audit,
    counties,
    desk,
    excel,
    exports,
    home,
    item,
    ledger,
    overview,
    projects,
    reminders,
    screen,
    search,
    workbooks,
    year,
)

app_name = "reports"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("<slug:slug>/desk/", desk.desk, name="desk"),
    path("<slug:slug>/overview/", overview.overview, name="overview"),
    path("<slug:slug>/areas/<int:number>/", year.area, name="area"),
    path("<slug:slug>/screen/", screen.screen, name="screen"),
    path("<slug:slug>/matrix/", year.matrix, name="matrix"),
    path("<slug:slug>/timeline/", year.timeline, name="timeline"),
    path("<slug:slug>/counties/", counties.counties, name="counties"),
    path("<slug:slug>/counties/<int:pk>/", counties.county, name="county"),
    path("<slug:slug>/search/", search.search, name="search"),
    path("<slug:slug>/tasks/", ledger.ledger, name="ledger"),
    path("<slug:slug>/tasks.xlsx", excel.ledger_excel, name="ledger_excel"),
    path("<slug:slug>/tasks/<int:number>/", item.item, name="item"),
    path(
        "<slug:slug>/tasks/<int:number>/reminders/", reminders.item_reminders, name="item_reminders"
    ),
    path(
        "<slug:slug>/projects/<int:number>/reminders/",
        reminders.project_reminders,
        name="project_reminders",
    ),
    path("audit.xlsx", audit.audit_excel, name="audit_excel"),
    path("<slug:slug>/exports/", exports.exports, name="exports"),
    path("<slug:slug>/exports/archive/", exports.archive, name="archive"),
    path("<slug:slug>/exports/watermark/", exports.watermark, name="watermark"),
    path("<slug:slug>/exports/<int:pk>/", exports.export_file, name="export_file"),
    path("<slug:slug>/exports/<int:pk>/cancel/", exports.export_cancel, name="export_cancel"),
    path("reminders/", reminders.reminders, name="reminders"),
    path("reminders.xlsx", reminders.reminders_excel, name="reminders_excel"),
    path("<slug:slug>/projects/", projects.projects, name="projects"),
    path("<slug:slug>/workbooks/", workbooks.workbooks, name="workbooks"),
    path("<slug:slug>/workbooks/<slug:book>.xlsx", excel.workbook_excel, name="workbook_excel"),
    path("<slug:slug>/projects/<int:number>/", item.project, name="project"),
    path("<slug:slug>/projects/<int:number>/parts/", projects.parts, name="project_parts"),
    *paper_urls.urlpatterns,
    *office_urls.urlpatterns,
    *standing_urls.urlpatterns,
]
