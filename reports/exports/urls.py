"""Addresses of 导出 and every Excel that leaves."""

from django.urls import URLPattern, path

from reports.exports import views, views_excel
from reports.exports.sealed.urls import urlpatterns as sealed

urlpatterns: list[URLPattern] = [
    *sealed,
    path("<slug:slug>/tasks.xlsx", views_excel.ledger_excel, name="ledger_excel"),
    path("<slug:slug>/exports/", views.exports, name="exports"),
    path("<slug:slug>/exports/archive/", views.archive, name="archive"),
    path("<slug:slug>/exports/watermark/", views.watermark, name="watermark"),
    path("<slug:slug>/exports/<int:pk>/", views.export_file, name="export_file"),
    path("<slug:slug>/exports/<int:pk>/cancel/", views.export_cancel, name="export_cancel"),
    path(
        "<slug:slug>/workbooks/<slug:book>.xlsx", views_excel.workbook_excel, name="workbook_excel"
    ),
]
