"""Between password and second factor: nobody is logged in, the session of a stranger knows whose
password was right. No address is open to them but those of coming in.
"""

from __future__ import annotations

from django.utils import timezone
from django.utils.crypto import constant_time_compare

from units.factors import certificate, required, ways
from units.http import Request
from units.models import User

KEY = "password_proved"
GOOD_FOR = 10 * 60  # seconds


def is_asked(request: Request, user: User) -> tuple[bool, str]:
    """Whether a code is to be typed; else the way that was proved without: the certificate."""
    if not required.is_on():
        return False, ""
    if certificate.opens(request, user):
        return False, ways.CERTIFICATE
    return bool(ways.ways_of(user)), ""


def begin(request: Request, user: User) -> None:
    """The password of `user` was right. A session id that somebody planted is worth nothing."""
    request.session[KEY] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "at": timezone.now().timestamp(),
    }
    request.session.cycle_key()


def person(request: Request) -> User | None:
    """Whose password was right in this session, ten minutes ago at most; it still is."""
    held = request.session.get(KEY)
    if not held or timezone.now().timestamp() - held["at"] > GOOD_FOR:
        return None
    user = User.objects.filter(pk=held["user"], is_active=True).first()
    if user is None or not constant_time_compare(held["hash"], user.get_session_auth_hash()):
        return None
    return user


def end(request: Request) -> None:
    request.session.pop(KEY, None)
