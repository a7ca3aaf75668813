"""Addresses of coming in and going out."""

from django.urls import URLPattern, path

from units.entrance import views_login, views_login_again, views_sessions

urlpatterns: list[URLPattern] = [
    path("login/", views_login.login, name="login"),
    path("login/again/", views_login_again.login_again, name="login_again"),
    path("login/factor/", views_login.factor, name="factor"),
    path("sessions/", views_sessions.sessions, name="sessions"),
    path("sessions/end/", views_sessions.sessions_end, name="sessions_end"),
    path("logout/", views_login.logout, name="logout"),
]
