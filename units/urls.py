"""Addresses of people and accounts."""

from django.urls import path

from units.views import account, audit, calendar, login, login_again, sheets

app_name = "units"
urlpatterns = [
    path("login/", login.login, name="login"),
    path("login/again/", login_again.login_again, name="login_again"),
    path("logout/", login.logout, name="logout"),
    path("password/", account.password_change, name="password_change"),
    path("switch/", account.switch, name="switch"),
    path("audit/", audit.audit, name="audit"),
    path("import/<slug:kind>/", sheets.sheet, name="sheet"),
    path("import/<slug:kind>/template/", sheets.sheet_template, name="sheet_template"),
    path("import/<slug:kind>/<int:pk>/", sheets.sheet_upload, name="sheet_upload"),
    path("import/<slug:kind>/<int:pk>/errors/", sheets.sheet_errors, name="sheet_errors"),
    path("calendar/", calendar.calendar, name="calendar"),
]
