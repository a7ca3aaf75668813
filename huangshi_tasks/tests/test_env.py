from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from huangshi_tasks.env import Environment, SettingError

BASE = Path("/base")


def env(**values: str) -> Environment:
    return Environment(values)


@pytest.mark.parametrize("word", ["1", "true", "True", "YES", "on"])
def test_a_switch_can_be_on(word: str) -> None:
    assert env(DEBUG=word).flag("DEBUG") is True


@pytest.mark.parametrize("word", ["0", "false", "no", "OFF", ""])
def test_a_switch_can_be_off(word: str) -> None:
    assert env(DEBUG=word).flag("DEBUG", default=True) is False


def test_what_is_not_set_takes_the_default() -> None:
    assert env().flag("DEBUG") is False
    assert env().hosts("ALLOWED_HOSTS", "localhost,[::1]") == ["localhost", "[::1]"]
    assert env().day("BUSINESS_DATE") is None
    assert env().redis("REDIS_URL") is None


def test_a_secret_that_starts_with_a_dollar_is_read_literally() -> None:
    assert env(SECRET_KEY="$abc", abc="x").text("SECRET_KEY", "") == "$abc"


def test_a_database_password_that_starts_with_a_dollar_is_read_literally() -> None:
    found = env(DATABASE_URL="postgres://u:$abc@h/d").database("DATABASE_URL", "", BASE)
    assert found["PASSWORD"] == "$abc"


READERS: list[tuple[str, str, Callable[[Environment, str], object]]] = [
    (kind, value, reader)
    for kind, reader, values in [
        ("flag", lambda e, n: e.flag(n), ["ture", "2", "是", "on off"]),
        ("text", lambda e, n: e.text(n, "x"), ["", "  ", "a\nb"]),
        (
            "hosts",
            lambda e, n: e.hosts(n, "x"),
            ["", "a,,b", "http://a", "a:8000", "a b", "a/b", "-a"],
        ),
        ("day", lambda e, n: e.day(n), ["2022-8-3", "20220803", "2022-02-30", "今天", "2022-08"]),
        (
            "site",
            lambda e, n: e.site(n, "x"),
            ["", "ducha", "ftp://a", "http://", "http://a/path", "http://a:99999", "http://a?b=1"],
        ),
        (
            "redis",
            lambda e, n: e.redis(n),
            ["localhost:6379", "http://a", "redis://", "redis://a/x", "redis://a:port/0"],
        ),
        (
            "database",
            lambda e, n: e.database(n, "x", BASE),
            [
                "",
                "db.sqlite3",
                "mysql://a/b",
                "sqlite://",
                "sqlite://host/file",
                "sqlite:///a?b=1",
                "postgres://host",
                "postgres://host:port/db",
                "postgres://u:a#b@host/db",
                "postgres://host/db?sslmod=require",
                "postgres://host/db/more",
            ],
        ),
        (
            "email",
            lambda e, n: e.email(n, "x", BASE),
            ["", "mail.example", "http://a", "smtp://", "file://host/a", "smtp://a:x"],
        ),
    ]
    for value in values
]


@pytest.mark.parametrize(("kind", "value", "reader"), READERS)
def test_nonsense_is_an_error_that_names_the_variable(
    kind: str, value: str, reader: Callable[[Environment, str], object]
) -> None:
    with pytest.raises(SettingError, match=r"环境变量 NAME 有误：.+"):
        reader(env(NAME=value), "NAME")


def test_an_error_in_an_address_does_not_print_the_password() -> None:
    with pytest.raises(SettingError) as caught:
        env(DATABASE_URL="postgres://u:geheim@h:port/d").database("DATABASE_URL", "", BASE)
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize(
    ("value", "file"),
    [
        ("sqlite:///var/db.sqlite3", "/base/var/db.sqlite3"),
        ("sqlite:////data/db.sqlite3", "/data/db.sqlite3"),
        ("sqlite:///:memory:", ":memory:"),
        ("sqlite://:memory:", ":memory:"),
    ],
)
def test_sqlite_is_a_file_relative_or_absolute(value: str, file: str) -> None:
    found = env().database("DATABASE_URL", value, BASE)
    assert found == {"ENGINE": "django.db.backends.sqlite3", "NAME": file}


def test_a_postgres_address_is_taken_apart_and_decoded() -> None:
    address = "postgresql://du:p%40%23@[::1]:5433/duban?sslmode=require"
    assert env(D=address).database("D", "", BASE) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "duban",
        "USER": "du",
        "PASSWORD": "p@#",
        "HOST": "::1",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_postgres_socket_is_given_as_host() -> None:
    found = env(D="postgres:///duban?host=/run/postgresql").database("D", "", BASE)
    assert (found["HOST"], found["OPTIONS"]) == ("/run/postgresql", {})


@pytest.mark.parametrize(
    ("scheme", "port", "starttls", "tls"),
    [("smtp", 25, False, False), ("smtp+tls", 587, True, False), ("smtps", 465, False, True)],
)
def test_mail_ports_and_encryption_follow_the_scheme(
    scheme: str, port: int, starttls: bool, tls: bool
) -> None:
    found = env(E=f"{scheme}://u:p%2F@mail.example").email("E", "", BASE)
    assert found["EMAIL_PORT"] == port
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (starttls, tls)
    assert found["EMAIL_HOST_PASSWORD"] == "p/"


def test_mail_can_land_in_files() -> None:
    assert env().email("E", "file:///var/mail", BASE)["EMAIL_FILE_PATH"] == Path("/base/var/mail")


def test_a_folder_may_not_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingError):
        env(FILES_DIR="file").folder("FILES_DIR", tmp_path, tmp_path)
    assert env(FILES_DIR="new").folder("FILES_DIR", tmp_path, tmp_path) == tmp_path / "new"


def test_a_day_is_a_date() -> None:
    assert env(BUSINESS_DATE="2022-08-03").day("BUSINESS_DATE") == date(2022, 8, 3)


KNOWN = frozenset({"DEBUG", "DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS"})


@pytest.mark.parametrize(
    "name", ["DATABSE_URL", "DATABASE_URI", "DATABASE_URLS", "DATABASE_ULR", "REDIS_UR"]
)
def test_a_misspelt_name_is_an_error(name: str) -> None:
    with pytest.raises(SettingError, match=f"{name} .*是否应为"):
        env(**{name: "x"}).refuse_misspelt(KNOWN)


@pytest.mark.parametrize("name", ["DEBUGS", "DATABASE", "MY_DATABASE_URL", "DATABASE_URL", "HOME"])
def test_other_names_are_left_alone(name: str) -> None:
    env(**{name: "x"}).refuse_misspelt(KNOWN)


def test_an_address_outside_must_stand_on_a_listed_host() -> None:
    found = env(WECOM_URL="https://robot.example/send?key=1")
    assert found.outbound("WECOM_URL", ["robot.example"]) == "https://robot.example/send?key=1"
    with pytest.raises(SettingError, match=r"robot\.example 不在 OUTBOUND_HOSTS 中"):
        found.outbound("WECOM_URL", ["other.example"])
    assert env().outbound("WECOM_URL", []) is None


@pytest.mark.parametrize("value", ["robot.example", "ftp://robot.example", "https://"])
def test_an_address_outside_is_a_web_address(value: str) -> None:
    with pytest.raises(SettingError, match="不是网址"):
        env(WECOM_URL=value).outbound("WECOM_URL", ["robot.example"])


def test_a_folder_can_stand_for_a_gateway() -> None:
    assert env(SMS_URL="file:///var/sms").file_folder("SMS_URL", BASE) == BASE / "var/sms"
    assert env(SMS_URL="file:////srv/sms").file_folder("SMS_URL", BASE) == Path("/srv/sms")
    assert env(SMS_URL="https://sms.example").file_folder("SMS_URL", BASE) is None
    with pytest.raises(SettingError, match="file:///var/sms"):
        env(SMS_URL="file://sms").file_folder("SMS_URL", BASE)


@pytest.mark.parametrize("value", ["0", "61", "-1", "1.5", "六十", "1e1"])
def test_a_number_has_its_bounds(value: str) -> None:
    with pytest.raises(SettingError, match="1到60的整数"):
        env(OUTBOX_MINUTE=value).number("OUTBOX_MINUTE", 60, least=1, most=60)
