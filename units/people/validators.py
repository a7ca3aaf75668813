"""What a password must have, in words that an office clerk understands.

Django's own "too short" has no Chinese, and its comparison with the user's name lets
`zhang2026!!` pass for the user zhang.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from huangshi_tasks.lib.guessable import left_over
from units.city.names import city
from units.directory import full_pinyin, initials
from units.models import OldPassword, Unit, User

MAX_LENGTH = 128
CLASSES = (r"[A-Z]", r"[a-z]", r"[0-9]", r"[^A-Za-z0-9\s]")
MIN_CLASSES = 3
MIN_NAME_LENGTH = 3
UNGUESSED = 6  # characters beside what anybody would try first
KEPT = 5  # passwords that are not taken again, the present one among them


class LengthValidator:
    """As long as PASSWORD_LENGTH says, and no longer than a login takes."""

    def validate(self, password: str, user: User | None = None) -> None:
        if len(password) < settings.PASSWORD_LENGTH:
            raise ValidationError(f"密码太短，{self._least()}。", code="password_too_short")
        if len(password) > MAX_LENGTH:
            raise ValidationError(f"密码过长，至多{MAX_LENGTH}个字符。", code="password_too_long")

    def get_help_text(self) -> str:
        return f"密码{self._least()}。"

    def _least(self) -> str:
        return f"至少{settings.PASSWORD_LENGTH}个字符"


class CharacterClassValidator:
    """At least three of: capital letters, small letters, digits, other characters."""

    def validate(self, password: str, user: User | None = None) -> None:
        if sum(bool(re.search(kind, password)) for kind in CLASSES) < MIN_CLASSES:
            raise ValidationError(self.get_help_text(), code="password_too_plain")

    def get_help_text(self) -> str:
        return "密码须含大写字母、小写字母、数字、符号中的至少三类。"


class UserNameValidator:
    """Neither the user name nor its reverse inside, whatever the case."""

    def validate(self, password: str, user: User | None = None) -> None:
        name = user.get_username().casefold() if user else ""
        is_inside = name in password.casefold() or name[::-1] in password.casefold()
        if len(name) >= MIN_NAME_LENGTH and is_inside:
            raise ValidationError(self.get_help_text(), code="password_has_user_name")

    def get_help_text(self) -> str:
        return "密码不能含有用户名。"


class GuessableValidator:
    """Six characters at least beside runs of keys, years, names of units, city and product."""

    def validate(self, password: str, user: User | None = None) -> None:
        if len(left_over(password, names_of_the_place(user))) < UNGUESSED:
            raise ValidationError(self.get_help_text(), code="password_guessable")

    def get_help_text(self) -> str:
        return (
            "密码容易被猜中：除键盘顺序、重复字符、年份、单位和城市名称、常用词外，"
            f"至少还要有{UNGUESSED}个字符。"
        )


def names_of_the_place(user: User | None) -> Iterator[str]:
    """Pinyin and initials of every unit, of the office's names, of the city in them, of the
    person.
    """
    here = city()
    stem = re.split("[市州盟区县]", here.place or here.organisation)[0]
    ours = [here.organisation, here.place, stem, f"{stem}市", here.bureau]
    ours += [user.display_name] if user is not None else []
    for name in [*ours, *Unit.objects.values_list("name", flat=True)]:
        for spelled in {name, name.removeprefix("市")}:
            yield full_pinyin(spelled)
            yield initials(spelled)


class HistoryValidator:
    """Not one of the last five; each that is set is kept as its hash."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None or user.pk is None:
            return
        held = [user.password, *user.old_passwords.values_list("password", flat=True)]
        if any(check_password(password, each) for each in dict.fromkeys(islice(held, KEPT + 1))):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def password_changed(self, password: str, user: User | None = None) -> None:
        """Django calls this when a password was saved."""
        if user is None or user.pk is None:
            return
        OldPassword.objects.create(user=user, password=user.password, set_at=timezone.now())
        kept = user.old_passwords.values("pk")[:KEPT]
        user.old_passwords.exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()

    def get_help_text(self) -> str:
        return f"密码不能与最近用过的{KEPT}个相同。"
