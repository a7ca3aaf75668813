"""Addresses of logging in, the password and 当前身份."""

from django.urls import URLPattern, path

from units.people import views, views_login, views_login_again

urlpatterns: list[URLPattern] = [
    path("login/", views_login.login, name="login"),
    path("login/again/", views_login_again.login_again, name="login_again"),
    path("logout/", views_login.logout, name="logout"),
    path("password/", views.password_change, name="password_change"),
    path("switch/", views.switch, name="switch"),
]
