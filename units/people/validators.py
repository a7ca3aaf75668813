"""What a password must have, in words that an office clerk understands.

Django's own "too short" has no Chinese, and its comparison with the user's name lets
`zhang2026!!` pass for the user zhang.
"""

import re

from django.core.exceptions import ValidationError

from units.models import User

MIN_LENGTH, MAX_LENGTH = 8, 128
CLASSES = (r"[A-Z]", r"[a-z]", r"[0-9]", r"[^A-Za-z0-9\s]")
MIN_CLASSES = 3
MIN_NAME_LENGTH = 3


class LengthValidator:
    """At least eight characters, and no more than a login takes."""

    def validate(self, password: str, user: User | None = None) -> None:
        if len(password) < MIN_LENGTH:
            raise ValidationError(f"密码太短，至少{MIN_LENGTH}个字符。", code="password_too_short")
        if len(password) > MAX_LENGTH:
            raise ValidationError(f"密码过长，至多{MAX_LENGTH}个字符。", code="password_too_long")

    def get_help_text(self) -> str:
        return f"密码至少{MIN_LENGTH}个字符。"


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
