import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from units.models import User


@pytest.mark.parametrize("password", ["Duban-2022", "shuini9(A", "办公室Abc12", "A1-a" * 20])
def test_a_password_of_three_kinds_passes(password: str) -> None:
    validate_password(password, User(username="zhang"))


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("Du-2022", "密码太短，至少8个字符。"),
        ("duban2022", "密码须含大写字母、小写字母、数字、符号中的至少三类。"),
        ("DUBANGONGZUO", "密码须含大写字母、小写字母、数字、符号中的至少三类。"),
        ("zhang2026!!", "密码不能含有用户名。"),
        ("xxGNAHZ-26", "密码不能含有用户名。"),
        ("P@ssw0rd", "这个密码太常见了。"),
    ],
)
def test_a_weak_password_is_refused_in_chinese(password: str, sentence: str) -> None:
    with pytest.raises(ValidationError) as caught:
        validate_password(password, User(username="zhang"))
    assert sentence in caught.value.messages


def test_a_user_name_of_two_letters_may_occur() -> None:
    validate_password("Duban-2022", User(username="ba"))


def test_a_password_without_a_user_is_judged_too() -> None:
    validate_password("Duban-2022")
