"""Addresses of 责任分工 and 签收情况."""

from django.urls import URLPattern, path

from tasks.holders import views

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/receipts/", views.receipts, name="receipts"),
    path("<slug:slug>/officers/", views.officers, name="officers"),
    path("<slug:slug>/officers/assign/", views.officer_assign, name="officer_assign"),
    path("<slug:slug>/officers/<int:pk>/end/", views.officer_end, name="officer_end"),
]
