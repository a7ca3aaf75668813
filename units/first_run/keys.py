"""The one-time key of an empty system. It is printed on the server, and stored as a hash."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from units import log
from units.errors import NotNow
from units.models import Appointment, FirstRun, Role, User

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none is taken for another
LENGTH, PART = 20, 5  # about 99 bits: nobody guesses it
MOST_TRIES = 10
STARTED = "本系统已有系统管理员，不需要启用码。"
WRONG = "启用码不正确，请核对后重新输入；启用码打印在服务器上。"
VOID = "启用码已失效，请在服务器上运行 manage.py first_run_key 重新生成。"


def is_empty() -> bool:
    """Whether nobody was ever appointed administrator."""
    return not Appointment.objects.filter(role=Role.ADMIN).exists()


@transaction.atomic
def new_key() -> str:
    """Make a key; one that was made before opens no longer. Raises `NotNow` where there is an
    administrator already. Not logged: until somebody comes in, the system stays empty.
    """
    if not is_empty():
        raise NotNow(STARTED)
    key = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    FirstRun.objects.update_or_create(
        id=1, defaults={"key_hash": _hash(key), "wrong_tries": 0, "begun_at": None}
    )
    return "-".join(key[start : start + PART] for start in range(0, LENGTH, PART))


def invitation(key: str) -> str:
    """What the server prints."""
    address = f"{settings.SITE_URL}{reverse('units:first_run')}"
    return f"首次启用：请用浏览器打开 {address} ，启用码 {key}"


def opens(typed: str) -> str:
    """Why the key does not open; empty where it does. A wrong try is counted, and the tenth makes
    the key void.
    """
    with transaction.atomic():
        row = FirstRun.objects.select_for_update().first()
        if row is None or not row.key_hash:
            return VOID
        if constant_time_compare(row.key_hash, _hash(typed)):
            return ""
        row.wrong_tries += 1
        if row.wrong_tries >= MOST_TRIES:
            row.key_hash = ""
        row.save(update_fields=["wrong_tries", "key_hash"])
        return WRONG if row.key_hash else VOID


@transaction.atomic
def begin(*, key: str, user: User, password: str, now: datetime) -> User:
    """The first administrator, once: the key is used up. `user` is not saved yet.

    Raises `NotNow` where the key does not open or somebody was quicker.
    """
    row = FirstRun.objects.select_for_update().first()
    if row is None or not constant_time_compare(row.key_hash, _hash(key)) or not is_empty():
        raise NotNow(VOID)
    user.password, user.must_change_password = make_password(password), False
    user.save()
    appointment = Appointment.objects.create(user=user, role=Role.ADMIN, starts_on=now.date())
    row.key_hash, row.begun_at, row.begun_by = "", now, user
    row.save(update_fields=["key_hash", "begun_at", "begun_by"])
    log.record(
        action="firstrun.begin",
        subject=appointment,
        summary=f"首次启用：任命首个系统管理员{user}",
        user=user,
        now=now,
    )
    return user


def _hash(typed: str) -> str:
    key = "".join(letter for letter in typed.upper() if letter.isalnum())
    return hashlib.sha256(key.encode()).hexdigest()
