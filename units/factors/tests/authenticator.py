"""A telephone of the tests: it shows codes of a seed at a moment."""

from __future__ import annotations

import secrets
import time
from typing import Any

from django.test import Client
from django_otp.oath import hotp

from units.factors import acts, codes, ways
from units.models import CodeKind, User
from units.tests.factories import PASSWORD


class Phone:
    """Set up for `user`; `shows` the code of now, or of so many steps later."""

    def __init__(self, user: User, now: Any) -> None:
        self.seed = secrets.token_hex(20)
        self.recovery = codes.new_codes(CodeKind.RECOVERY)
        acts.set_up_device(
            user=user,
            name=ways.PHONE,
            seed=self.seed,
            proved=-1,
            recovery=self.recovery,
            now=now,
        )

    def shows(self, later: int = 0) -> str:
        return code_of(self.seed, later)

    def wrong(self) -> str:
        """Six figures that are no code of the minutes around now."""
        near = {self.shows(step) for step in range(-3, 4)}
        return next(f"{n:06}" for n in range(100) if f"{n:06}" not in near)


def code_of(seed: str, later: int = 0, *, step: int = 30, digits: int = 6) -> str:
    at = int(time.time()) // step + later
    return f"{hotp(bytes.fromhex(seed), at, digits=digits):0{digits}}"


def type_password(client: Client, user: User, **more: str) -> Any:
    posted = {"username": user.username, "password": PASSWORD, **more}
    return client.post("/login/", posted)


def type_code(client: Client, code: str, **more: str) -> Any:
    return client.post("/login/factor/", {"code": code, **more})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session
