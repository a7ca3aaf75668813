"""People of the tests of `units`, named by unit and role."""

from __future__ import annotations

from datetime import date

from django.test import Client

from units.models import Appointment, LogEntry, Role, Unit, User

PASSWORD, NEXT = "Shuini-Gangjin-7", "Luqiao-Guandao-9"
SINCE = date(2022, 1, 21)


def make_unit(name: str = "市住建局") -> Unit:
    return Unit.objects.create(name=name, kind="municipal_department")


def make_user(
    name: str, role: Role, unit: Unit | None = None, *, must_change_password: bool = False
) -> User:
    user = User.objects.create(
        username=name, display_name=name, must_change_password=must_change_password
    )
    user.set_password(PASSWORD)
    user.save()
    Appointment.objects.create(user=user, role=role, unit=unit, starts_on=SINCE)
    return user


def signed_in(user: User) -> Client:
    """A client that gets the page of an error instead of the error."""
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def actions() -> list[str]:
    """What the log says was done, in order."""
    return list(LogEntry.objects.values_list("action", flat=True))
