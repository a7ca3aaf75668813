"""Addresses of 登录保护: all lie under its own, which stays open while one must be set up."""

from django.urls import URLPattern, path

from units.factors import views

urlpatterns: list[URLPattern] = [
    path("protection/", views.factors, name="factors"),
    path("protection/prove/", views.factor_prove, name="factor_prove"),
    path("protection/recovery/", views.factor_recovery, name="factor_recovery"),
    path("protection/certificate/", views.factor_certificate, name="factor_certificate"),
    path("protection/stop/", views.factor_stop, name="factor_stop"),
    path("protection/new/<str:way>/", views.factor_new, name="factor_new"),
    path("protection/new/<str:way>/codes/", views.factor_codes, name="factor_codes"),
]
