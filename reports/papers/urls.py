"""Addresses of the other papers: 领导一页, 报送表, 督办单, 调度会纪要, 核对记录."""

from django.urls import URLPattern, path

from reports.papers import views, views_drafts, views_turn

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/sheets/", views.report_sheets, name="report_sheets"),
    path("<slug:slug>/sheets/word/", views.report_sheets_word, name="report_sheets_word"),
    path("<slug:slug>/sheets/<int:pk>/", views.report_sheet, name="report_sheet"),
    path("<slug:slug>/sheets/<int:pk>/word/", views.report_sheet_word, name="report_sheet_word"),
    path("<slug:slug>/overview/page/", views.leader_page, name="leader_page"),
    path("<slug:slug>/overview/page/word/", views.leader_page_word, name="leader_page_word"),
    path("<slug:slug>/meetings/<int:pk>/word/", views.meeting_word, name="meeting_word"),
    path("<slug:slug>/orders/<int:pk>/word/", views.order_word, name="order_word"),
    path("plans/drafts/<int:draft>/proof/", views_drafts.draft_proof, name="draft_proof"),
    path("<slug:slug>/turn/sheet/", views_turn.turn_workbook, name="turn_sheet"),
    path("plans/drafts/<int:draft>/owed/", views_drafts.draft_owed, name="draft_owed"),
]
