"""Addresses of people and accounts."""

from django.urls import path

from units.views import account, audit, calendar, login

app_name = "units"
urlpatterns = [
    path("login/", login.login, name="login"),
    path("logout/", login.logout, name="logout"),
    path("password/", account.password_change, name="password_change"),
    path("switch/", account.switch, name="switch"),
    path("audit/", audit.audit, name="audit"),
    path("calendar/", calendar.calendar, name="calendar"),
]
